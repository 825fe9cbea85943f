package ioverlay.cli;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** Options of the observer in a container. */
final class ObserverFlags {
    /** Any free port of loopback. */
    static final Endpoint ANY = new Endpoint("127.0.0.1", 0);

    /** Whether {@code up} and {@code demo} have an observer that nobody asked for: as soon as there is one. */
    static final boolean BY_DEFAULT = true;

    private static final int LONGEST_POLL_MS = 60_000;
    private static final int MOST_HOURS = 24 * 366;
    private static final int MOST_BOOT_NODES = 100;

    @Option(
            names = "--web",
            paramLabel = "ADDRESS:PORT",
            converter = Place.class,
            description = "Where the page is. Port 0 is any free one, or the last of this data directory."
                    + " Default: 127.0.0.1:0.")
    private @Nullable Endpoint web;

    @Option(
            names = "--listen",
            paramLabel = "ADDRESS:PORT",
            converter = Place.class,
            description = "Where containers reach the observer. Default: 127.0.0.1:0, as above.")
    private @Nullable Endpoint listen;

    @Option(
            names = "--console",
            description = "The Felix Web Console beside the page, with a password that is printed once.")
    private boolean console;

    @Option(
            names = "--poll",
            paramLabel = "MS",
            converter = Poll.class,
            description =
                    "How often nodes are asked for their status: 100 to 60000 ms, or 0 for as often as their number"
                            + " allows. Default: 0.")
    private int poll;

    @Option(
            names = "--keep",
            paramLabel = "HOURS",
            converter = Keep.class,
            description = "How long history is kept, 1 to 8784 hours. Default: 72.")
    private int keep = ObserverOptions.KEEP_HOURS;

    @Option(
            names = "--boot",
            paramLabel = "N",
            converter = Boot.class,
            description = "How many others a node is told of when it comes, 0 to 100. Default: 8.")
    private int boot = ObserverOptions.BOOT_NODES;

    /** Whether any of the options that need an observer here was given. */
    boolean isAskedFor() {
        return web != null || listen != null || console;
    }

    /** Whether a page was asked for in so many words. */
    boolean isPageAskedFor() {
        return web != null || console;
    }

    ObserverOptions options() {
        return new ObserverOptions(
                Optional.ofNullable(listen).orElse(ANY),
                Optional.ofNullable(web).orElse(ANY),
                console,
                poll,
                keep,
                boot);
    }

    /** Where to listen. */
    static final class Place implements ITypeConverter<Endpoint> {
        @Override
        public Endpoint convert(String value) {
            try {
                return Endpoint.parse(value);
            } catch (IllegalArgumentException e) {
                throw new TypeConversionException(Reason.text(e));
            }
        }
    }

    /** An observer that listens already. */
    static final class Reached implements ITypeConverter<Endpoint> {
        @Override
        public Endpoint convert(String value) {
            Endpoint endpoint = new Place().convert(value);
            if (endpoint.port() == 0) {
                throw new TypeConversionException("the observer's own port is needed, 1 to 65535, not '" + value + "'");
            }
            return endpoint;
        }
    }

    private static final class Poll implements ITypeConverter<Integer> {
        @Override
        public Integer convert(String value) {
            return value.equals("0") ? 0 : Whole.number(value, 100, LONGEST_POLL_MS);
        }
    }

    private static final class Keep implements ITypeConverter<Integer> {
        @Override
        public Integer convert(String value) {
            return Whole.number(value, 1, MOST_HOURS);
        }
    }

    private static final class Boot implements ITypeConverter<Integer> {
        @Override
        public Integer convert(String value) {
            return Whole.number(value, 0, MOST_BOOT_NODES);
        }
    }
}

package ioverlay.cli;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** {@code overlay node}: its options. */
@Command(
        name = "node",
        description = {
            "Starts a container with one node or several, which register with an observer elsewhere, and opens the Felix"
                    + " shell.",
            ""
        },
        optionListHeading = "Options:%n",
        footer = {
            "",
            "Without --data the container keeps nothing. An observer that does not answer yet is dialled until it does.",
            "With --web or --listen instead of --observer there is an observer in this container, as with up."
        })
final class NodeCommand implements Callable<Integer> {
    private static final int MOST_PORT = 0xffff;
    private static final String FIRST = "n1";

    private final UpCommand.Container container;

    @Option(
            names = "--name",
            paramLabel = "N",
            converter = Name.class,
            description = "The node's name; with --nodes a number from 1 follows. Default: n1.")
    private @Nullable String name;

    @Option(
            names = "--port",
            paramLabel = "P",
            converter = Port.class,
            description = "Where it listens, with --nodes the others at the ports after it. Default: 0, any free one.")
    private int port;

    @Option(
            names = "--nodes",
            paramLabel = "N",
            converter = UpCommand.Count.class,
            description = "So many instead of one, 1 to 1000: relays in a tree.")
    private int nodes;

    @Option(
            names = "--observer",
            paramLabel = "IP:PORT",
            converter = ObserverFlags.Reached.class,
            description = "Where the nodes register.")
    private @Nullable Endpoint observer;

    @Mixin
    private final ObserverFlags observing = new ObserverFlags();

    @Mixin
    private final ContainerFlags flags = new ContainerFlags();

    @Mixin
    @SuppressWarnings("UnusedVariable") // picocli reads it
    private final HelpOption help = new HelpOption();

    NodeCommand(UpCommand.Container container) {
        this.container = container;
    }

    @Override
    public Integer call() throws Exception {
        if (port != 0 && port + Math.max(nodes, 1) - 1 > MOST_PORT) {
            throw new UsageException(
                    nodes + " nodes from port " + port + " on would go beyond " + MOST_PORT + ", the last port");
        }
        boolean embedded = observer == null ? observing.isAskedFor() : observing.isPageAskedFor();
        return container.run(new UpOptions(
                flags.data(),
                population(),
                Optional.ofNullable(observer),
                embedded ? Optional.of(observing.options()) : Optional.empty(),
                flags.shell(),
                flags.readyFile(),
                false));
    }

    private Population population() {
        return nodes == 0
                ? new Population(List.of(name == null ? FIRST : name), port, false)
                : Population.of(name == null ? "n" : name, nodes, port, false);
    }

    private static final class Name implements ITypeConverter<String> {
        private static final Pattern ALLOWED = Pattern.compile("[A-Za-z0-9._-]{1,60}");

        @Override
        public String convert(String value) {
            if (!ALLOWED.matcher(value).matches()) {
                throw new TypeConversionException(
                        "1 to 60 letters, digits, dots, dashes, underscores are needed, not '" + value + "'");
            }
            return value;
        }
    }

    private static final class Port implements ITypeConverter<Integer> {
        @Override
        public Integer convert(String value) {
            return Whole.number(value, 0, MOST_PORT);
        }
    }
}

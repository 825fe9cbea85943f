package ioverlay.bench.emulation;

import ioverlay.bench.BenchCommand;
import ioverlay.bench.Steering;
import ioverlay.bench.emulation.EmulationOptions.Part;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code overlay bench emulation}: its options. */
@Command(
        name = "emulation",
        description = {
            "Caps, changes, shares, delays: what nodes are to believe of their network, and what an application at the"
                    + " other end sees of it.",
            ""
        },
        optionListHeading = "Options:%n",
        footer = {
            "",
            "A rate is bytes after the first message by the time between first and last arrival, headers included, of"
                    + " messages no larger than 20 ms of it. Bounds: 2 %%, in the first second 5 %%; 5 %% from 200 ms"
                    + " after a change on; shares 5 %%; latency 1 ms or 2 %%.",
            "The file: {\"rows\":[{\"kind\":s,\"targetBps\":n,\"measuredBps\":n,\"errorPercent\":n}]} and more, see"
                    + " docs/performance.md.",
            "Exit code: 0 only if every bound was kept."
        })
public final class EmulationCommand extends BenchCommand<EmulationOptions> {
    private static final int MOST_SECONDS = 60;
    private static final String RATES = "10K,100K,1M,10M,100M";
    private static final long LEAST_RATE = 5_000;
    private static final long MOST_RATE = 1_000_000_000;
    private static final long KILO = 1000;

    @Option(names = "--seconds", paramLabel = "S", description = "How long each rate is measured, 1 to 60. Default: 5.")
    private int seconds = 5;

    @Option(
            names = "--kinds",
            paramLabel = "LIST",
            split = ",",
            description =
                    "Some of total, in, out, link, from, relay, total+link, in+out, all, all-from; changes, shares,"
                            + " delays. Default: everything.")
    private @Nullable List<String> kinds;

    @Option(
            names = "--rates",
            paramLabel = "LIST",
            description = "Of the caps, in bytes per second, 5K to 1000M. Default: " + RATES + ".")
    private String rates = RATES;

    private final Steering steering;

    /** Measures with a container. */
    public EmulationCommand(Steering steering, PrintStream out) {
        super(out);
        this.steering = steering;
    }

    @Override
    protected String headline(EmulationOptions options) {
        return "What applications see of emulated networks, over " + seconds + " s each.";
    }

    @Override
    protected Report measure(EmulationOptions options) throws InterruptedException {
        return new EmulationBench(
                        steering.nodes(),
                        steering.network(),
                        steering.gauges(),
                        step -> out.println("  " + step + " …"))
                .run(options);
    }

    @Override
    protected EmulationOptions options() {
        require(seconds >= 1 && seconds <= MOST_SECONDS, "--seconds takes a number from 1 to 60, not " + seconds);
        if (kinds == null) {
            return new EmulationOptions(seconds, List.of(Kind.values()), rates(), List.of(Part.values()));
        }
        List<Kind> caps = new ArrayList<>();
        List<Part> parts = new ArrayList<>();
        for (String name : kinds) {
            Optional<Kind> cap = Arrays.stream(Kind.values())
                    .filter(kind -> kind.toString().equals(name))
                    .findFirst();
            Optional<Part> part = Arrays.stream(Part.values())
                    .filter(other -> other.name().toLowerCase(Locale.ROOT).equals(name))
                    .findFirst();
            require(
                    cap.isPresent() || part.isPresent(),
                    "--kinds takes some of " + String.join(", ", Kind.names()) + ", changes, shares, delays, not '"
                            + name + "'");
            cap.ifPresent(caps::add);
            part.ifPresent(parts::add);
        }
        return new EmulationOptions(seconds, caps, rates(), parts);
    }

    private List<Long> rates() {
        return Arrays.stream(rates.split(",")).map(this::rate).sorted().toList();
    }

    private long rate(String text) {
        String number = text.endsWith("K") || text.endsWith("M") ? text.substring(0, text.length() - 1) : text;
        long unit = text.endsWith("K") ? KILO : text.endsWith("M") ? KILO * KILO : 1;
        String rule = "--rates takes bytes per second from 5K to 1000M, with commas between, not '" + text + "'";
        try {
            long rate = Math.multiplyExact(Long.parseLong(number), unit);
            require(rate >= LEAST_RATE && rate <= MOST_RATE, rule);
            return rate;
        } catch (NumberFormatException | ArithmeticException e) {
            throw refusal(rule);
        }
    }
}

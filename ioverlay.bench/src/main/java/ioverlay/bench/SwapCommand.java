package ioverlay.bench;

import ioverlay.api.Header;
import java.io.PrintStream;
import java.time.Duration;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code overlay bench swap}: its options. */
@Command(
        name = "swap",
        description = {
            "Swaps the relay of a fully loaded node between 1.0 and 1.1. Two upstreams send back to back, two downstreams"
                    + " check what arrives.",
            ""
        },
        optionListHeading = "Options:%n",
        footer = {
            "",
            "The pause is how long the node dispatched nothing, collections included; nothing forces one. Percentiles"
                    + " are exact over all swaps, the first ones included.",
            "The file: {\"swaps\":n,\"lost\":n,\"duplicated\":n,\"reordered\":n,"
                    + "\"pauseMicros\":{\"p50\":n,\"p99\":n,\"max\":n}} and, after these, the conditions.",
            "Exit code: 0 only if every swap switched and no message was lost, duplicated or reordered."
        })
final class SwapCommand extends BenchCommand<SwapOptions> {
    private static final int MOST_SWAPS = 1_000_000;
    private static final int MOST_MS = 3_600_000;

    @Option(names = "--swaps", paramLabel = "N", description = "How many, 1 to 1000000. Default: 200.")
    private int swaps = 200;

    @Option(
            names = "--probation",
            paramLabel = "MS",
            description =
                    "How long each version is watched after its switch, in milliseconds; 0: not at all. Default: 50.")
    private int probation = 50;

    @Option(
            names = "--between",
            paramLabel = "MS",
            description = "Milliseconds between the end of a swap and the next one. Default: 0.")
    private int between;

    @Option(
            names = "--warm-up",
            paramLabel = "MS",
            description = "Milliseconds of traffic before the first swap. Default: 2000.")
    private int warmUp = 2000;

    @Option(names = "--payload", paramLabel = "BYTES", description = "Of each message, 1 to 1048576. Default: 5120.")
    private int payload = 5120;

    private final Steering steering;

    SwapCommand(Steering steering, PrintStream out) {
        super(out);
        this.steering = steering;
    }

    @Override
    protected SwapOptions options() {
        return new SwapOptions(
                within("--swaps", swaps, 1, MOST_SWAPS),
                Duration.ofMillis(within("--probation", probation, 0, MOST_MS)),
                Duration.ofMillis(within("--between", between, 0, MOST_MS)),
                Duration.ofMillis(within("--warm-up", warmUp, 0, MOST_MS)),
                within("--payload", payload, 1, Header.MAX_PAYLOAD));
    }

    @Override
    protected String headline(SwapOptions options) {
        return "Swapping the relay of a node under full load, 2 upstreams and 2 downstreams, " + options.payloadBytes()
                + "-byte payloads.";
    }

    @Override
    protected Report measure(SwapOptions options) throws InterruptedException {
        return new SwapBench(steering, new Progress(out, Terminal.isThere())).run(options);
    }

    private int within(String option, int value, int least, int most) {
        require(
                value >= least && value <= most,
                option + " takes a number from " + least + " to " + most + ", not " + value);
        return value;
    }
}

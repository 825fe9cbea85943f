package ioverlay.bench.observer;

import ioverlay.bench.BenchCommand;
import java.io.IOException;
import java.io.PrintStream;
import java.time.Duration;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code overlay bench observer}: its options. */
@Command(
        name = "observer",
        description = {
            "An observer in a process of its own, with a page open, watches many nodes in another: its processor time, its memory.",
            ""
        },
        optionListHeading = "Options:%n",
        footer = {
            "",
            "Exit code: 0 only if it took less than 20 %% of one core, and its memory was flat, and every node was live."
        })
public final class ObserverCommand extends BenchCommand<ObserverOptions> {
    private static final int MOST_NODES = 1000;
    private static final int SHORTEST_S = 5;
    private static final int LONGEST_S = 36_000;
    private static final int SHORTEST_POLL_MS = 100;
    private static final int LONGEST_POLL_MS = 600_000;

    @Option(names = "--nodes", paramLabel = "N", description = "In one container, 1 to 1000. Default: 200.")
    private int nodes = 200;

    @Option(names = "--seconds", paramLabel = "S", description = "How long, 5 to 36000. Default: 600.")
    private int seconds = 600;

    @Option(
            names = "--poll",
            paramLabel = "MS",
            description = "How often nodes are asked for their status, 100 to 600000 ms. Default: 2000.")
    private int poll = 2000;

    /** Measures in processes of its own. */
    public ObserverCommand(PrintStream out) {
        super(out);
    }

    @Override
    protected ObserverOptions options() {
        require(nodes >= 1 && nodes <= MOST_NODES, "--nodes takes a number from 1 to 1000, not " + nodes);
        require(
                seconds >= SHORTEST_S && seconds <= LONGEST_S,
                "--seconds takes a number from 5 to 36000, not " + seconds);
        require(
                poll >= SHORTEST_POLL_MS && poll <= LONGEST_POLL_MS,
                "--poll takes a number from 100 to 600000, not " + poll);
        return new ObserverOptions(nodes, Duration.ofSeconds(seconds), Duration.ofMillis(poll));
    }

    @Override
    protected String headline(ObserverOptions options) {
        return "An observer of " + nodes + " nodes, each asked every " + poll + " ms, for " + seconds + " s.";
    }

    @Override
    protected Report measure(ObserverOptions options) throws InterruptedException, IOException {
        return new Watch(options, out).run();
    }
}

package ioverlay.bench.soak;

import ioverlay.bench.BenchCommand;
import ioverlay.bench.FailedException;
import ioverlay.bench.Steering;
import ioverlay.bench.Terminal;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code overlay bench soak}: its options. */
@Command(
        name = "soak",
        description = {
            "Random joins, leaves, kills, rate changes and swaps, under traffic; then everything is counted.",
            ""
        },
        optionListHeading = "Options:%n",
        footer = {
            "",
            "Two more nodes run in processes of their own, which are killed with SIGKILL and come back.",
            "Exit code: 0 only if nothing leaked, every link moved, and every loss is accounted for."
        })
public final class SoakCommand extends BenchCommand<SoakOptions> {
    private static final List<String> BUNDLES =
            List.of("ioverlay.algo.relay-1.1.0.jar", "ioverlay.algo.relay-2.0.0.jar");
    private static final double SHORTEST_MINUTES = 0.05;
    private static final double LONGEST_MINUTES = 10_000;
    private static final int FEWEST_NODES = 20;
    private static final int MOST_NODES = 500;
    private static final Duration REHEARSAL = Duration.ofSeconds(4);
    private static final long NS_PER_MINUTE = 60_000_000_000L;
    private static final int SAY_EVERY = 30;

    @Option(names = "--minutes", paramLabel = "M", description = "How long, 0.05 to 10000. Default: 10.")
    private double minutes = 10;

    @Option(names = "--nodes", paramLabel = "N", description = "In the container at most, 20 to 500. Default: 30.")
    private int nodes = 30;

    @Option(names = "--seed", paramLabel = "S", description = "Of all that is random. Default: 1.")
    private long seed = 1;

    private int steps;

    private final Steering steering;

    /** Soaks a container. */
    public SoakCommand(Steering steering, PrintStream out) {
        super(out);
        this.steering = steering;
    }

    @Override
    protected SoakOptions options() {
        require(
                minutes >= SHORTEST_MINUTES && minutes <= LONGEST_MINUTES,
                "--minutes takes a number from 0.05 to 10000, not " + minutes);
        require(
                nodes >= FEWEST_NODES && nodes <= MOST_NODES,
                "--nodes takes a number from " + FEWEST_NODES + " to " + MOST_NODES + ", not " + nodes);
        return new SoakOptions(Duration.ofNanos((long) (minutes * NS_PER_MINUTE)), nodes, seed);
    }

    @Override
    protected String headline(SoakOptions options) {
        return "Joins, leaves, kills, rate changes and swaps on up to " + nodes + " nodes, seed " + seed + ".";
    }

    /** A rehearsal, so that all is in place that stays; then the real one, and what it left. */
    @Override
    protected Report measure(SoakOptions options) throws InterruptedException, IOException {
        for (String bundle : BUNDLES) {
            Path path = steering.bundles().resolve(bundle);
            if (!Files.exists(path)) {
                throw new FailedException("a version of the relay is missing: " + path);
            }
            steering.repository().add(path.toUri());
        }
        out.println("  rehearsal, " + REHEARSAL.toSeconds() + " s …");
        SeasonReport rehearsal =
                new Season(steering, new SoakOptions(REHEARSAL, nodes, seed)).live(steering.events(), (a, b, c) -> {});
        Footprint before = Footprint.settled(steering.nodes());
        SeasonReport season = new Season(steering, options).live(steering.events(), this::say);
        Footprint after = Footprint.settled(steering.nodes());
        List<String> findings = new ArrayList<>(rehearsal.findings());
        findings.addAll(season.findings());
        findings.addAll(after.grownSince(before));
        return SoakReport.of(options, season, before, after, findings);
    }

    private void say(Duration left, Deeds deeds, int findings) {
        if (steps++ % SAY_EVERY == 0 || Terminal.isThere()) {
            String line = "  " + left.toSeconds() + " s left: " + deeds + (findings == 0 ? "" : "; wrong: " + findings);
            if (Terminal.isThere()) {
                out.print("\r" + line + "   ");
                out.flush();
            } else {
                out.println(line);
            }
        }
    }
}

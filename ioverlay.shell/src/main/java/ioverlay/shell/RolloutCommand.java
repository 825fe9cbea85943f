package ioverlay.shell;

import ioverlay.api.observer.Rollout;
import ioverlay.api.observer.RolloutPlan;
import ioverlay.api.observer.RolloutPlan.Health;
import ioverlay.api.observer.RolloutPlan.Strategy;
import ioverlay.api.observer.Rollouts;
import java.util.List;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code overlay:rollout}. */
@CommandLine.Command(
        name = "rollout",
        description = "Brings a version to the observer's nodes in waves, watches it, and goes back by itself.",
        synopsisSubcommandLabel = "start|list|show|pause|resume|abort",
        subcommands = {
            RolloutCommand.Start.class,
            RolloutCommand.All.class,
            RolloutCommand.Show.class,
            RolloutCommand.Pause.class,
            RolloutCommand.Resume.class,
            RolloutCommand.Abort.class
        })
final class RolloutCommand extends Command {
    private static final String WHO = "shell";

    @Override
    Object run(Container container, Here here) {
        throw new Failed(
                "rollout is start, list, show, pause, resume or abort: overlay:rollout start ALGORITHM VERSION");
    }

    private static Rollouts rollouts(Container container) {
        return container
                .rollouts()
                .get()
                .orElseThrow(() -> new Failed("there is no observer in this container, and rollouts are its work"));
    }

    private static long number(String text) {
        if (!text.matches("\\d{1,18}")) {
            throw new Failed("the number of a rollout is a whole number, not '" + text + "'");
        }
        return Long.parseLong(text);
    }

    /** {@code overlay:rollout start}. */
    @CommandLine.Command(
            name = "start",
            description = "Starts one.",
            footer = {
                "",
                "The bundle comes from the observer's repository, or is in the nodes' containers already. After a shadow, if"
                        + " asked for, canaries go first, then waves; what fails takes every node back.",
                "Gives a Rollout."
            })
    static final class Start extends Command {
        @Parameters(index = "0", paramLabel = "ALGORITHM", description = "Its name.")
        private String algorithm = "";

        @Parameters(index = "1", paramLabel = "VERSION", description = "Exactly which one, as 1.1.0.")
        private String version = "";

        @Option(
                names = "--nodes",
                paramLabel = "NODES",
                description = "Names or ids with commas between them. Default: all that run another version.")
        private String nodes = Names.ALL;

        @Option(names = "--slot", paramLabel = "APP", description = "Which slot. Default: all that run it.")
        private @Nullable String slot;

        @Option(names = "--at-once", description = "All nodes in one wave, without canaries.")
        private boolean atOnce;

        @Option(names = "--canary", paramLabel = "N", description = "How many nodes go first. Default: 1.")
        private int canary = 1;

        @Option(names = "--wave", paramLabel = "N", description = "How many go together then. Default: 5.")
        private int wave = 5;

        @Option(
                names = "--watch",
                paramLabel = "TIME",
                description = "How long each node is watched before the next wave, 0s to 1h. Default: 10s.")
        private String watch = "10s";

        @Option(names = "--failures", paramLabel = "N", description = "Failed calls that take all back. Default: 3.")
        private int failures = Health.STANDARD.failures();

        @Option(
                names = "--throughput",
                paramLabel = "PART",
                description = "The part of its throughput that a slot must reach, 0 to 1. Default: 0.5.")
        private double throughput = Health.STANDARD.leastThroughput();

        @Option(
                names = "--pause",
                paramLabel = "TIME",
                description = "How long a switch may keep a node from dispatching, 1ms to 1m. Default: 1s.")
        private String pause = "1s";

        @Option(
                names = "--shadow",
                paramLabel = "TIME",
                description = "How long it first runs in the shadow on the first wave, up to 1h. Default: not at all.")
        private String shadow = "0s";

        @Override
        Object run(Container container, Here here) {
            RolloutPlan plan = new RolloutPlan(
                    algorithm,
                    version,
                    slot == null ? 0 : Texts.application(slot, 0),
                    nodes.equals(Names.ALL) ? List.of() : List.of(nodes.split(",", -1)),
                    atOnce ? Strategy.ALL : Strategy.CANARY,
                    canary,
                    wave,
                    Texts.span(watch),
                    new Health(failures, throughput, Texts.span(pause)),
                    Texts.span(shadow));
            return rollouts(container).start(plan, WHO);
        }
    }

    /** {@code overlay:rollout list}. */
    @CommandLine.Command(
            name = "list",
            description = "Lists them, the latest first.",
            footer = {"", "Gives a list of Rollout."})
    static final class All extends Command {
        @Override
        Object run(Container container, Here here) {
            return RolloutPage.list(rollouts(container).rollouts());
        }
    }

    /** What concerns one: the same way for all that can be asked of it. */
    @CommandLine.Command(footer = {"", "Gives the Rollout."})
    abstract static class Of extends Command {
        private final BiFunction<Rollouts, Long, Rollout> question;

        @Parameters(index = "0", paramLabel = "ROLLOUT", description = "Its number.")
        private String number = "";

        Of(BiFunction<Rollouts, Long, Rollout> question) {
            this.question = question;
        }

        @Override
        final Object run(Container container, Here here) {
            return question.apply(rollouts(container), number(number));
        }
    }

    /** {@code overlay:rollout show}. */
    @CommandLine.Command(name = "show", description = "Shows one, with what became of each node.")
    static final class Show extends Of {
        Show() {
            super((rollouts, id) -> rollouts.rollout(id).orElseThrow(() -> new Failed("there is no rollout " + id)));
        }
    }

    /** {@code overlay:rollout pause}. */
    @CommandLine.Command(name = "pause", description = "Begins no further node.")
    static final class Pause extends Of {
        Pause() {
            super((rollouts, id) -> rollouts.pause(id, WHO));
        }
    }

    /** {@code overlay:rollout resume}. */
    @CommandLine.Command(name = "resume", description = "Goes on.")
    static final class Resume extends Of {
        Resume() {
            super((rollouts, id) -> rollouts.resume(id, WHO));
        }
    }

    /** {@code overlay:rollout abort}. */
    @CommandLine.Command(name = "abort", description = "Takes every node back that has switched.")
    static final class Abort extends Of {
        Abort() {
            super((rollouts, id) -> rollouts.abort(id, WHO));
        }
    }
}

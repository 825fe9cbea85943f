package ioverlay.shell;

import ioverlay.api.observer.Rollout;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Rollouts for a person. */
final class RolloutPage {
    private RolloutPage() {}

    static Shown<Rollout> list(List<Rollout> rollouts) {
        return Shown.table(rollouts, "there are no rollouts", (all, look) -> table(all));
    }

    private static Sheet table(List<Rollout> rollouts) {
        Sheet table = Sheet.of(">number", "state", "algorithm", "version", "wave", ">switched", "started", "what");
        for (Rollout rollout : rollouts) {
            table.row(
                    rollout.id(),
                    cell(rollout.state()),
                    rollout.plan().algorithm(),
                    rollout.plan().version(),
                    rollout.wave() + " of " + rollout.waves().size(),
                    switched(rollout) + " of " + rollout.visits().size(),
                    Clock.time(rollout.started()),
                    Cell.harmless(rollout.sentence()));
        }
        return table;
    }

    private static long switched(Rollout rollout) {
        return rollout.visits().stream()
                .filter(visit -> visit.state() == Rollout.Step.SWITCHED)
                .count();
    }

    static List<String> lines(Rollout rollout, Look look) {
        List<String> lines = new ArrayList<>();
        lines.add("rollout " + rollout.id() + " of " + rollout.plan().algorithm() + " "
                + rollout.plan().version() + ": " + word(rollout.state()) + ", wave " + rollout.wave() + " of "
                + rollout.waves().size() + ", " + switched(rollout) + " of "
                + rollout.visits().size() + " slots switched");
        lines.add(Cell.harmless(rollout.sentence()));
        Sheet table = Sheet.of("node", "id", "slot", ">wave", "state", "from", "to", ">pause", "why");
        for (Rollout.Visit visit : rollout.visits()) {
            table.row(
                    visit.name(),
                    visit.node(),
                    States.id(visit.application()),
                    visit.wave(),
                    cell(visit.state(), rollout.state().isEnd()),
                    visit.from(),
                    visit.to(),
                    visit.pauseMicros().isPresent()
                            ? Units.micros(visit.pauseMicros().getAsLong())
                            : "",
                    Cell.harmless(visit.sentence()));
        }
        lines.addAll(table.lines(look));
        return lines;
    }

    private static Cell cell(Rollout.State state) {
        return new Cell(
                word(state),
                switch (state) {
                    case RUNNING, PAUSED, RETURNING -> Tone.PASSING;
                    case COMPLETED -> Tone.GOOD;
                    case ABORTED -> Tone.PLAIN;
                    case RETURNED, FAILED -> Tone.BAD;
                });
    }

    private static Cell cell(Rollout.Step step, boolean isOver) {
        return new Cell(
                isOver && step == Rollout.Step.WAITING ? "not touched" : word(step),
                switch (step) {
                    case WAITING -> Tone.FAINT;
                    case BRINGING, SHADOW, SWAPPING, WATCHING, RETURNING -> Tone.PASSING;
                    case SWITCHED -> Tone.GOOD;
                    case RETURNED, REFUSED, LOST, STRAYED -> Tone.BAD;
                });
    }

    private static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }
}

package ioverlay.shell;

import ioverlay.api.container.NodeStatus;
import ioverlay.api.container.NodeStatus.SlotStatus;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;

/** The words for what state something is in, and their colours. */
final class States {
    private static final String PARKED = "parked";
    private static final String PROBATION = "probation";

    private States() {}

    /** A slot's: {@code parked}, {@code probation} or {@code serving}. */
    static String of(SlotStatus slot) {
        return slot.state().equals("serving") && slot.probationMillis() > 0 ? PROBATION : slot.state();
    }

    /** A node's: what its slots are in, each once, what needs a look first. */
    static Cell of(NodeStatus node) {
        List<String> states = node.slots().stream()
                .map(States::of)
                .distinct()
                .sorted(Comparator.comparing(States::tone).reversed())
                .toList();
        return states.isEmpty()
                ? new Cell("no slot", Tone.FAINT)
                : new Cell(String.join(",", states), tone(states.getFirst()));
    }

    static Cell cell(String state) {
        return new Cell(state, tone(state));
    }

    private static Tone tone(String state) {
        return switch (state) {
            case PARKED, "failed", "RETURNED", "REFUSED" -> Tone.BAD;
            case PROBATION, "dialling", "closing", "pending" -> Tone.PASSING;
            case "stored", "finished" -> Tone.FAINT;
            case "SWITCHED" -> Tone.GOOD;
            default -> Tone.PLAIN;
        };
    }

    /** An application's id as a person writes it. */
    static String id(int application) {
        return Integer.toUnsignedString(application);
    }

    static String ids(List<Integer> applications) {
        return applications.stream().map(States::id).collect(Collectors.joining(" "));
    }

    /** What runs in a slot: {@code 0=relay 1.1.0}. */
    static String occupant(SlotStatus slot) {
        return id(slot.application()) + "=" + slot.algorithm() + " " + slot.version();
    }
}

package ioverlay.scenario.plan;

import ioverlay.scenario.text.Problems;
import ioverlay.scenario.text.Wrong;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Walks through the time line once: whom an entry names must be there by then. */
final class Presence {
    private final Set<String> there = new HashSet<>();
    private final Map<String, String> gone = new HashMap<>();
    private final Set<String> running = new HashSet<>();

    private Presence(List<PlannedNode> nodes) {
        for (PlannedNode node : nodes) {
            if (node.isAbsent()) {
                gone.put(node.name(), "is absent and was not created");
            } else {
                comes(node);
            }
        }
    }

    private void comes(PlannedNode node) {
        there.add(node.name());
        node.applications().forEach(application -> running.add(seat(node.name(), application.application())));
    }

    /** Notes each entry that cannot be. */
    static void check(List<PlannedNode> nodes, List<Step> steps, Problems problems) {
        Presence presence = new Presence(nodes);
        Map<String, PlannedNode> byName = new HashMap<>();
        nodes.forEach(node -> byName.put(node.name(), node));
        for (Step step : steps) {
            for (Act act : step.acts()) {
                for (String name : names(step, act)) {
                    PlannedNode node = byName.get(name);
                    if (node != null) {
                        problems.note(() -> presence.pass(step, act, node));
                    }
                }
            }
        }
    }

    private static List<String> names(Step step, Act act) {
        return step.verb().isTogether() ? References.in(act.arguments().get("nodes")) : List.of(act.node());
    }

    private void pass(Step step, Act act, PlannedNode node) {
        String name = node.name();
        boolean isThere = there.contains(name);
        if (step.verb() == Verb.CREATE) {
            require(!isThere, step, "node '" + name + "' is there already and cannot be created");
            comes(node);
            return;
        }
        require(
                isThere,
                step,
                "node '" + name + "' " + gone.get(name) + ", and cannot "
                        + step.verb().word());
        switch (step.verb()) {
            case REMOVE, FAIL -> {
                there.remove(name);
                running.removeIf(seat -> seat.startsWith(name + " "));
                gone.put(name, (step.verb() == Verb.FAIL ? "failed" : "was removed") + " before");
            }
            case START ->
                require(
                        running.add(seat(name, application(act))) || step.mayFail(),
                        step,
                        "application " + act.arguments().get("application") + " runs at node '" + name + "' already");
            case STOP ->
                require(
                        running.remove(seat(name, application(act))) || step.mayFail(),
                        step,
                        "application " + act.arguments().get("application") + " does not run at node '" + name + "'");
            default -> {
                // It changes nobody's presence.
            }
        }
    }

    private static int application(Act act) {
        return (int) act.arguments().get("application").getAsLong();
    }

    private static String seat(String node, int application) {
        return node + " " + application;
    }

    private static void require(boolean holds, Step step, String sentence) {
        if (!holds) {
            throw new Wrong(step.place(), "this time line is impossible: " + sentence);
        }
    }
}

package ioverlay.scenario.plan;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import ioverlay.api.container.SwapResult.Outcome;
import ioverlay.scenario.text.Place;
import ioverlay.scenario.text.Value;
import ioverlay.scenario.text.Wrong;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Finds next hops that lead back to where they come from: the setting {@code next} of slots, at the start and on the time line. */
final class Loops {
    /** How many hops are looked at after entries; what is beyond is looked at once, at the end of the time line. */
    private static final long MOST_HOPS = 20_000_000;

    private final Map<String, PlannedNode> nodes = new LinkedHashMap<>();

    /** By application, who sends to whom. */
    private final Map<Integer, Map<String, List<String>>> next = new HashMap<>();

    private long looked;

    private Loops(List<PlannedNode> planned) {
        planned.forEach(node -> nodes.put(node.name(), node));
    }

    /** Refuses the first one that is found. */
    static void refuse(List<PlannedNode> nodes, List<Value> entries) {
        Loops loops = new Loops(nodes);
        nodes.forEach(loops::come);
        Set<Integer> applications = new TreeSet<>(Integer::compareUnsigned);
        applications.addAll(loops.next.keySet());
        applications.forEach(
                application -> loops.refuse(application, entries.getFirst().place(), "go in a circle"));
    }

    /** Refuses the first entry that makes one: of {@code configure} and {@code swap}, with all its nodes. */
    static void refuse(List<PlannedNode> nodes, List<Step> steps, Place end) {
        Loops loops = new Loops(nodes);
        nodes.stream().filter(node -> !node.isAbsent()).forEach(loops::come);
        Set<Integer> left = new TreeSet<>(Integer::compareUnsigned);
        for (Step step : steps) {
            Set<Integer> changed = new TreeSet<>(Integer::compareUnsigned);
            for (Act act : step.acts()) {
                loops.pass(step, act, changed);
            }
            for (int application : changed) {
                if (loops.looked > MOST_HOPS) {
                    left.add(application);
                } else {
                    loops.refuse(application, step.place(), "go in a circle after this entry");
                }
            }
        }
        left.forEach(application -> loops.refuse(application, end, "go in a circle in the end"));
    }

    private void come(PlannedNode node) {
        node.slots().forEach((application, slot) -> {
            JsonElement hops = slot.settings().get("next");
            hops(application).put(node.name(), hops == null ? List.of() : References.in(hops));
        });
    }

    private Map<String, List<String>> hops(int application) {
        return next.computeIfAbsent(application, id -> new LinkedHashMap<>());
    }

    private void pass(Step step, Act act, Set<Integer> changed) {
        switch (step.verb()) {
            case FAIL, REMOVE -> next.values().forEach(all -> all.remove(act.node()));
            case CREATE -> {
                PlannedNode node = nodes.get(act.node());
                if (node != null) {
                    come(node);
                    changed.addAll(node.slots().keySet());
                }
            }
            case CONFIGURE, SWAP -> {
                JsonElement settings = act.arguments().get("settings");
                if (step.outcome() == Outcome.SWITCHED
                        && settings instanceof JsonObject given
                        && given.has("next")
                        && act.arguments().get("application") != null) {
                    int application = (int) act.arguments().get("application").getAsLong();
                    hops(application).put(act.node(), References.in(given.get("next")));
                    changed.add(application);
                }
            }
            default -> {
                // It leaves next hops as they are.
            }
        }
    }

    private void refuse(int application, Place place, String how) {
        Map<String, List<String>> hops = hops(application);
        looked += hops.values().stream().mapToLong(all -> 1 + all.size()).sum();
        List<String> loop = Cycle.in(hops);
        if (!loop.isEmpty()) {
            throw new Wrong(
                    place,
                    "the next hops of application " + Integer.toUnsignedString(application) + " " + how + ": "
                            + Cycle.shown(loop));
        }
    }
}

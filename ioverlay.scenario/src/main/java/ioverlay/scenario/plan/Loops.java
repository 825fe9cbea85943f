package ioverlay.scenario.plan;

import com.google.gson.JsonElement;
import ioverlay.api.container.SlotSpec;
import ioverlay.scenario.text.Value;
import ioverlay.scenario.text.Wrong;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Finds next hops that lead back to where they come from: the setting {@code next} of slots. */
final class Loops {
    private Loops() {}

    /** Refuses the first one that is found. */
    static void refuse(List<PlannedNode> nodes, List<Value> entries) {
        Set<Integer> applications = new TreeSet<>(Integer::compareUnsigned);
        nodes.forEach(node -> applications.addAll(node.slots().keySet()));
        for (int application : applications) {
            Map<String, List<String>> next = new HashMap<>();
            for (PlannedNode node : nodes) {
                SlotSpec slot = node.slots().get(application);
                JsonElement hops = slot == null ? null : slot.settings().get("next");
                next.put(node.name(), hops == null ? List.of() : References.in(hops));
            }
            Set<String> done = new HashSet<>();
            for (PlannedNode node : nodes) {
                List<String> loop = from(node.name(), next, done, new ArrayDeque<>());
                if (!loop.isEmpty()) {
                    throw new Wrong(
                            entries.getFirst().place(),
                            "the next hops of application " + Integer.toUnsignedString(application)
                                    + " go in a circle: " + String.join(" → ", loop));
                }
            }
        }
    }

    private static List<String> from(String node, Map<String, List<String>> next, Set<String> done, Deque<String> way) {
        if (way.contains(node)) {
            List<String> loop = new java.util.ArrayList<>(way);
            loop = new java.util.ArrayList<>(loop.subList(loop.indexOf(node), loop.size()));
            loop.add(node);
            return loop;
        }
        if (!done.add(node)) {
            return List.of();
        }
        way.addLast(node);
        for (String hop : next.getOrDefault(node, List.of())) {
            List<String> loop = from(hop, next, done, way);
            if (!loop.isEmpty()) {
                return loop;
            }
        }
        way.removeLast();
        return List.of();
    }
}

package ioverlay.scenario.plan;

import com.google.gson.JsonElement;
import ioverlay.api.container.SlotSpec;
import ioverlay.scenario.text.Value;
import ioverlay.scenario.text.Wrong;
import java.util.LinkedHashMap;
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
            Map<String, List<String>> next = new LinkedHashMap<>();
            for (PlannedNode node : nodes) {
                SlotSpec slot = node.slots().get(application);
                JsonElement hops = slot == null ? null : slot.settings().get("next");
                next.put(node.name(), hops == null ? List.of() : References.in(hops));
            }
            List<String> loop = Cycle.in(next);
            if (!loop.isEmpty()) {
                throw new Wrong(
                        entries.getFirst().place(),
                        "the next hops of application " + Integer.toUnsignedString(application) + " go in a circle: "
                                + Cycle.shown(loop));
            }
        }
    }
}

package ioverlay.scenario.plan;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import ioverlay.api.container.ApplicationSpec;
import ioverlay.api.container.Emulation;
import ioverlay.api.container.NodeSpec;
import ioverlay.api.container.SlotSpec;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/**
 * A node of a scenario.
 *
 * @param spec all but what names other nodes
 * @param group the name that it has in common with others; its own if it is alone
 * @param slots whose settings may name other nodes
 * @param emulation as a change of none; may name other nodes
 * @param applications that start with it
 * @param isAbsent whether the time line makes it, not the start
 * @param container where it is made, as the file names it; empty for any
 */
public record PlannedNode(
        NodeSpec spec,
        String group,
        Map<Integer, SlotSpec> slots,
        JsonObject emulation,
        List<ApplicationSpec> applications,
        boolean isAbsent,
        String container) {
    /** Unique in the scenario. */
    public String name() {
        return spec.name();
    }

    /** What the container is asked for, at that port. */
    public NodeSpec specAt(int port, UnaryOperator<JsonElement> addresses) {
        NodeSpec made = spec.withAddress(spec.address(), port)
                .withEmulation(Emulation.NONE.changed(addresses.apply(emulation).getAsJsonObject()));
        for (Map.Entry<Integer, SlotSpec> slot : slots.entrySet()) {
            JsonObject settings = addresses.apply(slot.getValue().settings()).getAsJsonObject();
            made = made.withSlot(slot.getKey(), slot.getValue().withSettings(settings));
        }
        return made;
    }
}

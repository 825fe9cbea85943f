package ioverlay.cli;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import ioverlay.api.container.NodeSpec;
import ioverlay.api.container.NodeStatus;
import ioverlay.api.container.Nodes;
import ioverlay.api.container.SlotSpec;
import java.util.HashMap;
import java.util.Map;

/** Makes the nodes of a tree, each relaying to its children. */
final class Grove {
    /** The application that the relay serves and the file belongs to. */
    static final int APPLICATION = 1;

    static final String ALGORITHM = "relay";

    private Grove() {}

    /**
     * Makes the nodes, leaves first, since a node must know where its children listen.
     *
     * @param versions of the relay at the beginning
     * @throws ioverlay.api.container.RefusedException if one cannot be made
     */
    static void plant(Nodes nodes, Tree tree, String versions) {
        Map<Integer, String> addresses = new HashMap<>();
        for (int node = tree.size() - 1; node >= Tree.ROOT; node--) {
            JsonArray next = new JsonArray();
            tree.children(node).forEach(child -> next.add(addresses.get(child)));
            JsonObject settings = new JsonObject();
            settings.add("next", next);
            settings.addProperty("deliver", node != Tree.ROOT);
            SlotSpec slot = SlotSpec.of(ALGORITHM).withVersions(versions).withSettings(settings);
            NodeStatus made = nodes.create(
                    NodeSpec.named(Tree.name(node)).withLocation(City.of(node)).withSlot(APPLICATION, slot));
            addresses.put(node, made.id().toString());
        }
    }
}

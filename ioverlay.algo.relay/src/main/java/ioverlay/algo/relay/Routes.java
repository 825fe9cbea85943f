package ioverlay.algo.relay;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import ioverlay.api.NodeId;
import java.util.ArrayList;
import java.util.List;

/**
 * Where the relay sends: its checked settings. Shared by the versions of the bundle.
 *
 * @param next the next hops, in the order of the setting
 * @param deliver whether the local application gets the data too
 */
record Routes(List<NodeId> next, boolean deliver) {
    /** The most next hops: with them, messages of up to 40 KB stay below what one call may send. */
    static final int MAX_NEXT = 100;

    /** The longest value that an error text repeats, in characters. */
    private static final int MAX_QUOTED = 100;

    /** Before the settings are read. */
    static final Routes NONE = new Routes(List.of(), false);

    Routes {
        next = List.copyOf(next);
    }

    /**
     * Reads the settings {@code next} and {@code deliver}.
     *
     * @param self the node, which is no next hop of its own
     * @throws IllegalArgumentException if one is wrong or unknown; the text gives the rule and the value
     */
    static Routes read(JsonObject settings, NodeId self) {
        for (String name : settings.keySet()) {
            require(name.equals("next") || name.equals("deliver"), "the relay's settings are next and deliver", name);
        }
        JsonElement next = settings.has("next") ? settings.get("next") : new JsonArray();
        JsonElement deliver = settings.has("deliver") ? settings.get("deliver") : new JsonPrimitive(true);
        require(next.isJsonArray(), "next is an array of nodes", next);
        require(isBoolean(deliver), "deliver is true or false", deliver);
        return new Routes(hops(next.getAsJsonArray(), self), deliver.getAsBoolean());
    }

    private static List<NodeId> hops(JsonArray next, NodeId self) {
        require(next.size() <= MAX_NEXT, "next has at most " + MAX_NEXT + " nodes", next.size());
        List<NodeId> hops = new ArrayList<>();
        for (JsonElement element : next) {
            NodeId hop = hop(element);
            require(!hop.equals(self), "next does not name the node itself", hop);
            require(!hops.contains(hop), "next names each node once", hop);
            hops.add(hop);
        }
        return hops;
    }

    private static NodeId hop(JsonElement element) {
        try {
            return NodeId.parse(element.getAsString());
        } catch (IllegalArgumentException | IllegalStateException | UnsupportedOperationException e) {
            throw new IllegalArgumentException(
                    "next names nodes as IPv4:port, for example 127.0.0.1:7000, not " + quoted(element), e);
        }
    }

    private static boolean isBoolean(JsonElement element) {
        return element instanceof JsonPrimitive value && value.isBoolean();
    }

    private static void require(boolean holds, String rule, Object value) {
        if (!holds) {
            throw new IllegalArgumentException(rule + ", not " + quoted(value));
        }
    }

    private static String quoted(Object value) {
        String text = value.toString();
        return text.length() <= MAX_QUOTED ? text : text.substring(0, MAX_QUOTED) + "…";
    }

    /** The destinations of a data message: the next hops and, where the application gets it too, the node itself. */
    NodeId[] destinations(NodeId self) {
        List<NodeId> all = new ArrayList<>(next);
        if (deliver) {
            all.add(self);
        }
        return all.toArray(NodeId[]::new);
    }

    /** The next hops as the setting has them. */
    JsonArray nextAsJson() {
        JsonArray hops = new JsonArray();
        next.forEach(hop -> hops.add(hop.toString()));
        return hops;
    }
}

package ioverlay.algo.coding.arq;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import ioverlay.api.NodeId;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * The checked settings of a node; what they mean is in the javadoc of {@link ArqCoding}.
 *
 * @param next where it sends
 * @param deliver whether the local application gets the data
 * @param report how often those before the node are told what has come
 * @param retry the least time after which what was not acknowledged is sent again
 * @param patience how long a message is kept for who does not acknowledge it, and waits for one before it
 */
record ArqSettings(List<NodeId> next, boolean deliver, Duration report, Duration retry, Duration patience) {
    private static final List<String> NAMES = List.of("next", "deliver", "reportMillis", "retryMillis", "waitMillis");
    private static final int MOST_NODES = 100;
    private static final int LONGEST_QUOTE = 100;

    /**
     * Reads them.
     *
     * @param self the node, which does not send to itself
     * @throws IllegalArgumentException if one is wrong or unknown; the text gives the rule and the value
     */
    static ArqSettings read(JsonObject settings, NodeId self) {
        for (String name : settings.keySet()) {
            require(NAMES.contains(name), "the settings of coding.arq are " + String.join(", ", NAMES), name);
        }
        return new ArqSettings(
                nodes(settings.has("next") ? settings.get("next") : new JsonArray(), self),
                flag(settings.has("deliver") ? settings.get("deliver") : new JsonPrimitive(true)),
                millis(settings, "reportMillis", 1, 10_000, 20),
                millis(settings, "retryMillis", 10, 60_000, 500),
                millis(settings, "waitMillis", 10, 600_000, 30_000));
    }

    private static List<NodeId> nodes(JsonElement value, NodeId self) {
        require(value.isJsonArray(), "next names nodes in an array", value);
        require(value.getAsJsonArray().size() <= MOST_NODES, "next has at most " + MOST_NODES + " nodes", value);
        Set<NodeId> nodes = new LinkedHashSet<>();
        for (JsonElement element : value.getAsJsonArray()) {
            NodeId node = node(element);
            require(!node.equals(self), "next does not name the node itself", node);
            require(nodes.add(node), "next names each node once", node);
        }
        return List.copyOf(nodes);
    }

    private static NodeId node(JsonElement element) {
        try {
            return NodeId.parse(element.getAsString());
        } catch (IllegalArgumentException | IllegalStateException | UnsupportedOperationException e) {
            throw new IllegalArgumentException(
                    "next names nodes as IPv4:port, for example 127.0.0.1:7000, not " + quoted(element), e);
        }
    }

    private static boolean flag(JsonElement value) {
        require(value instanceof JsonPrimitive primitive && primitive.isBoolean(), "deliver is true or false", value);
        return value.getAsBoolean();
    }

    private static Duration millis(JsonObject settings, String name, int least, int most, int byDefault) {
        JsonElement value = settings.has(name) ? settings.get(name) : new JsonPrimitive(byDefault);
        String rule = name + " is " + least + " to " + most;
        require(value instanceof JsonPrimitive primitive && primitive.isNumber(), rule, value);
        double millis = value.getAsDouble();
        require(millis >= least && millis <= most, rule, value);
        return Duration.ofMillis((long) millis);
    }

    private static void require(boolean holds, String rule, Object value) {
        if (!holds) {
            throw new IllegalArgumentException(rule + ", not " + quoted(value));
        }
    }

    private static String quoted(Object value) {
        String text = value.toString();
        return text.length() <= LONGEST_QUOTE ? text : text.substring(0, LONGEST_QUOTE) + "…";
    }
}

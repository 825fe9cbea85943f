package ioverlay.algo.coding;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import ioverlay.api.NodeId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * The checked settings of a node, the same with and without coding, so that one can be swapped for the other.
 *
 * @param role what it does
 * @param even where a source sends messages of even numbers; empty of other roles
 * @param odd where it sends those of odd numbers
 * @param next where other roles send
 * @param deliver whether the local application gets the data
 * @param patience how long a message waits for its partner, or for one that comes before it
 * @param vectors whether the kernel may use them
 */
record CodingSettings(
        Role role,
        List<NodeId> even,
        List<NodeId> odd,
        List<NodeId> next,
        boolean deliver,
        Duration patience,
        boolean vectors) {
    private static final Set<String> NAMES = Set.of("role", "streams", "next", "deliver", "waitMillis", "kernel");
    private static final int MOST_NODES = 100;
    private static final int LEAST_WAIT_MS = 10;
    private static final int MOST_WAIT_MS = 60_000;
    private static final int WAIT_MS = 1_000;
    private static final int LONGEST_QUOTE = 100;

    /**
     * Reads them.
     *
     * @param self the node, which does not send to itself
     * @throws IllegalArgumentException if one is wrong or unknown; the text gives the rule and the value
     */
    static CodingSettings read(JsonObject settings, NodeId self) {
        for (String name : settings.keySet()) {
            require(
                    NAMES.contains(name),
                    "the settings of coding are role, streams, next, deliver, waitMillis and kernel",
                    name);
        }
        Role role = role(settings);
        require(
                settings.has("streams") == (role == Role.SOURCE) && !(role == Role.SOURCE && settings.has("next")),
                "a source has streams, the other roles have next",
                settings.keySet());
        List<List<NodeId>> streams = role == Role.SOURCE ? streams(settings.get("streams"), self) : List.of();
        return new CodingSettings(
                role,
                role == Role.SOURCE ? streams.get(0) : List.of(),
                role == Role.SOURCE ? streams.get(1) : List.of(),
                settings.has("next") ? nodes(settings.get("next"), "next", self) : List.of(),
                flag(settings, "deliver"),
                patience(settings),
                vectors(settings));
    }

    private static Role role(JsonObject settings) {
        JsonElement value = settings.has("role") ? settings.get("role") : new JsonPrimitive("");
        for (Role role : Role.values()) {
            if (value.equals(new JsonPrimitive(role.name().toLowerCase(Locale.ROOT)))) {
                return role;
            }
        }
        throw new IllegalArgumentException("role is source, helper, coder or decoder, not " + quoted(value));
    }

    private static List<List<NodeId>> streams(JsonElement value, NodeId self) {
        require(
                value instanceof JsonArray both && both.size() == 2,
                "streams has two lists of nodes, for messages of even and of odd numbers",
                value);
        return List.of(
                nodes(value.getAsJsonArray().get(0), "streams", self),
                nodes(value.getAsJsonArray().get(1), "streams", self));
    }

    private static List<NodeId> nodes(JsonElement value, String name, NodeId self) {
        require(value.isJsonArray(), name + " names nodes in an array", value);
        require(value.getAsJsonArray().size() <= MOST_NODES, name + " has at most " + MOST_NODES + " nodes", value);
        List<NodeId> nodes = new ArrayList<>();
        for (JsonElement element : value.getAsJsonArray()) {
            NodeId node = node(element, name);
            require(!node.equals(self), name + " does not name the node itself", node);
            require(!nodes.contains(node), name + " names each node once", node);
            nodes.add(node);
        }
        return List.copyOf(nodes);
    }

    private static NodeId node(JsonElement element, String name) {
        try {
            return NodeId.parse(element.getAsString());
        } catch (IllegalArgumentException | IllegalStateException | UnsupportedOperationException e) {
            throw new IllegalArgumentException(
                    name + " names nodes as IPv4:port, for example 127.0.0.1:7000, not " + quoted(element), e);
        }
    }

    private static boolean flag(JsonObject settings, String name) {
        JsonElement value = settings.has(name) ? settings.get(name) : new JsonPrimitive(true);
        require(value instanceof JsonPrimitive primitive && primitive.isBoolean(), name + " is true or false", value);
        return value.getAsBoolean();
    }

    private static Duration patience(JsonObject settings) {
        JsonElement value = settings.has("waitMillis") ? settings.get("waitMillis") : new JsonPrimitive(WAIT_MS);
        String rule = "waitMillis is " + LEAST_WAIT_MS + " to " + MOST_WAIT_MS;
        require(value instanceof JsonPrimitive primitive && primitive.isNumber(), rule, value);
        double millis = value.getAsDouble();
        require(millis >= LEAST_WAIT_MS && millis <= MOST_WAIT_MS, rule, value);
        return Duration.ofMillis((long) millis);
    }

    private static boolean vectors(JsonObject settings) {
        JsonElement value = settings.has("kernel") ? settings.get("kernel") : new JsonPrimitive("fastest");
        require(
                value.equals(new JsonPrimitive("fastest")) || value.equals(new JsonPrimitive("scalar")),
                "kernel is fastest or scalar",
                value);
        return value.getAsString().equals("fastest");
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

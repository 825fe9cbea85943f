package ioverlay.algo.coding.node;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import ioverlay.algo.coding.field.Kernel;
import ioverlay.api.NodeId;
import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * A slot's settings, read one by one. Each reader throws {@link IllegalArgumentException} with the rule and the value if that is
 * wrong, and gives the default where there is none.
 */
public final class Settings {
    private static final int MOST_NODES = 100;
    private static final int LONGEST_QUOTE = 100;
    private static final JsonPrimitive FASTEST = new JsonPrimitive("fastest");

    private final JsonObject json;

    private Settings(JsonObject json) {
        this.json = json;
    }

    /** Those that have no other names than these; the rule says which. */
    public static Settings read(JsonObject json, Collection<String> names, String rule) {
        for (String name : json.keySet()) {
            require(names.contains(name), rule, name);
        }
        return new Settings(json);
    }

    /** Whether there is one of that name. */
    public boolean has(String name) {
        return json.has(name);
    }

    /** What is there, or the default. */
    public JsonElement get(String name, JsonElement otherwise) {
        return json.has(name) ? json.get(name) : otherwise;
    }

    /** Nodes, at most 100, each once, and not this one; none by default. */
    public List<NodeId> nodes(String name, NodeId self) {
        return nodes(name, get(name, new JsonArray()), self);
    }

    /** The same of a value that stands somewhere below the setting. */
    public static List<NodeId> nodes(String name, JsonElement value, NodeId self) {
        require(value.isJsonArray(), name + " names nodes in an array", value);
        require(value.getAsJsonArray().size() <= MOST_NODES, name + " has at most " + MOST_NODES + " nodes", value);
        Set<NodeId> nodes = new LinkedHashSet<>();
        for (JsonElement element : value.getAsJsonArray()) {
            NodeId node = node(name, element);
            require(!node.equals(self), name + " does not name the node itself", node);
            require(nodes.add(node), name + " names each node once", node);
        }
        return List.copyOf(nodes);
    }

    private static NodeId node(String name, JsonElement element) {
        try {
            return NodeId.parse(element.getAsString());
        } catch (IllegalArgumentException | IllegalStateException | UnsupportedOperationException e) {
            throw new IllegalArgumentException(
                    name + " names nodes as IPv4:port, for example 127.0.0.1:7000, not " + quoted(element), e);
        }
    }

    /** True or false; true by default. */
    public boolean flag(String name) {
        JsonElement value = get(name, new JsonPrimitive(true));
        require(value instanceof JsonPrimitive primitive && primitive.isBoolean(), name + " is true or false", value);
        return value.getAsBoolean();
    }

    /** Milliseconds. */
    public Duration millis(String name, int least, int most, int otherwise) {
        return Duration.ofMillis((long) real(name, name + " is " + least + " to " + most, least, most, otherwise));
    }

    /** A whole number. */
    public long whole(String name, long least, long most, long otherwise) {
        String rule = name + " is a whole number from " + least + " to " + most;
        double number = real(name, rule, least, most, otherwise);
        require(number == Math.rint(number), rule, number);
        return (long) number;
    }

    private double real(String name, String rule, long least, long most, long otherwise) {
        JsonElement value = get(name, new JsonPrimitive(otherwise));
        require(value instanceof JsonPrimitive primitive && primitive.isNumber(), rule, value);
        double number = value.getAsDouble();
        require(number >= least && number <= most, rule, value);
        return number;
    }

    /** The kernel that is called {@code kernel}: {@code fastest}, which is the default, or {@code scalar}. */
    public Kernel kernel() {
        JsonElement value = get("kernel", FASTEST);
        boolean isScalar = value.equals(new JsonPrimitive("scalar"));
        require(isScalar || value.equals(FASTEST), "kernel is fastest or scalar", value);
        return isScalar ? Kernel.scalar() : Kernel.fastest();
    }

    /**
     * Checks.
     *
     * @throws IllegalArgumentException the rule, and what the value is instead
     */
    public static void require(boolean holds, String rule, Object value) {
        if (!holds) {
            throw new IllegalArgumentException(rule + ", not " + quoted(value));
        }
    }

    /** As much of it as a sentence bears. */
    public static String quoted(Object value) {
        String text = value.toString();
        return text.length() <= LONGEST_QUOTE ? text : text.substring(0, LONGEST_QUOTE) + "…";
    }
}

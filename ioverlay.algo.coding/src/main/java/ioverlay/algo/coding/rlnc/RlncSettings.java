package ioverlay.algo.coding.rlnc;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import ioverlay.algo.coding.codec.Shape;
import ioverlay.algo.coding.field.Kernel;
import ioverlay.api.NodeId;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * The checked settings of a node; what they mean is in the javadoc of {@link RlncCoding}.
 *
 * @param next where it sends
 * @param deliver whether the local application gets the data
 * @param shape of the generations of its own source
 * @param flush how long a source's generation waits for more
 * @param tick how often those before the node are told what is wanting
 * @param memoryBytes for the generations of one source
 * @param key of the checksums
 * @param kernel that computes
 */
record RlncSettings(
        List<NodeId> next,
        boolean deliver,
        Shape shape,
        Duration flush,
        Duration tick,
        long memoryBytes,
        long key,
        Kernel kernel) {
    private static final List<String> NAMES = List.of(
            "next", "deliver", "blocks", "blockBytes", "flushMillis", "reportMillis", "memoryBytes", "key", "kernel");
    private static final int MOST_NODES = 100;
    private static final int LEAST_BLOCKS = 8;
    private static final int BLOCKS = 32;
    private static final int LEAST_BLOCK_BYTES = 64;
    private static final int MOST_BLOCK_BYTES = 65_536;
    private static final int BLOCK_BYTES = 5_120;
    private static final int MOST_WAIT_MS = 10_000;
    private static final int FLUSH_MS = 100;
    private static final int REPORT_MS = 20;
    private static final long LEAST_MEMORY_BYTES = 1 << 20;
    private static final long MOST_MEMORY_BYTES = 1 << 30;
    private static final long MEMORY_BYTES = 64 << 20;
    private static final int LONGEST_QUOTE = 100;

    /**
     * Reads them.
     *
     * @param self the node, which does not send to itself
     * @throws IllegalArgumentException if one is wrong or unknown; the text gives the rule and the value
     */
    static RlncSettings read(JsonObject settings, NodeId self) {
        for (String name : settings.keySet()) {
            require(NAMES.contains(name), "the settings of coding.rlnc are " + String.join(", ", NAMES), name);
        }
        Shape shape = new Shape((int) number(settings, "blocks", LEAST_BLOCKS, Shape.MOST_BLOCKS, BLOCKS), (int)
                number(settings, "blockBytes", LEAST_BLOCK_BYTES, MOST_BLOCK_BYTES, BLOCK_BYTES));
        long memory = number(settings, "memoryBytes", LEAST_MEMORY_BYTES, MOST_MEMORY_BYTES, MEMORY_BYTES);
        require(
                Generation.bytes(shape) * Strand.LEAST_GENERATIONS <= memory,
                "memoryBytes has room for " + Strand.LEAST_GENERATIONS + " generations of " + Generation.bytes(shape)
                        + " bytes",
                memory);
        return new RlncSettings(
                nodes(settings, self),
                flag(settings),
                shape,
                Duration.ofMillis(number(settings, "flushMillis", 1, MOST_WAIT_MS, FLUSH_MS)),
                Duration.ofMillis(number(settings, "reportMillis", 1, MOST_WAIT_MS, REPORT_MS)),
                memory,
                number(settings, "key", Integer.MIN_VALUE, Integer.MAX_VALUE, 0),
                kernel(settings));
    }

    private static List<NodeId> nodes(JsonObject settings, NodeId self) {
        JsonElement value = settings.has("next") ? settings.get("next") : new JsonArray();
        require(
                value instanceof JsonArray all && all.size() <= MOST_NODES,
                "next names at most " + MOST_NODES + " nodes in an array",
                value);
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

    private static boolean flag(JsonObject settings) {
        JsonElement value = settings.has("deliver") ? settings.get("deliver") : new JsonPrimitive(true);
        require(value instanceof JsonPrimitive primitive && primitive.isBoolean(), "deliver is true or false", value);
        return value.getAsBoolean();
    }

    private static long number(JsonObject settings, String name, long least, long most, long otherwise) {
        JsonElement value = settings.has(name) ? settings.get(name) : new JsonPrimitive(otherwise);
        String rule = name + " is a whole number from " + least + " to " + most;
        require(value instanceof JsonPrimitive primitive && primitive.isNumber(), rule, value);
        double number = value.getAsDouble();
        require(number >= least && number <= most && number == Math.rint(number), rule, value);
        return (long) number;
    }

    private static Kernel kernel(JsonObject settings) {
        JsonElement value = settings.has("kernel") ? settings.get("kernel") : new JsonPrimitive("fastest");
        boolean isScalar = value.equals(new JsonPrimitive("scalar"));
        require(isScalar || value.equals(new JsonPrimitive("fastest")), "kernel is fastest or scalar", value);
        return isScalar ? Kernel.scalar() : Kernel.fastest();
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

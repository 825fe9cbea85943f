package ioverlay.algo.coding.rlnc;

import com.google.gson.JsonObject;
import ioverlay.algo.coding.codec.Shape;
import ioverlay.algo.coding.field.Kernel;
import ioverlay.algo.coding.node.Settings;
import ioverlay.api.NodeId;
import java.time.Duration;
import java.util.List;

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

    /**
     * Reads them.
     *
     * @param self the node, which does not send to itself
     * @throws IllegalArgumentException if one is wrong or unknown; the text gives the rule and the value
     */
    static RlncSettings read(JsonObject json, NodeId self) {
        Settings settings = Settings.read(json, NAMES, "the settings of coding.rlnc are " + String.join(", ", NAMES));
        Shape shape = new Shape((int) settings.whole("blocks", LEAST_BLOCKS, Shape.MOST_BLOCKS, BLOCKS), (int)
                settings.whole("blockBytes", LEAST_BLOCK_BYTES, MOST_BLOCK_BYTES, BLOCK_BYTES));
        long memory = settings.whole("memoryBytes", LEAST_MEMORY_BYTES, MOST_MEMORY_BYTES, MEMORY_BYTES);
        Settings.require(
                Generation.bytes(shape) * Strand.LEAST_GENERATIONS <= memory,
                "memoryBytes has room for " + Strand.LEAST_GENERATIONS + " generations of " + Generation.bytes(shape)
                        + " bytes",
                memory);
        return new RlncSettings(
                settings.nodes("next", self),
                settings.flag("deliver"),
                shape,
                Duration.ofMillis(settings.whole("flushMillis", 1, MOST_WAIT_MS, FLUSH_MS)),
                Duration.ofMillis(settings.whole("reportMillis", 1, MOST_WAIT_MS, REPORT_MS)),
                memory,
                settings.whole("key", Integer.MIN_VALUE, Integer.MAX_VALUE, 0),
                settings.kernel());
    }
}

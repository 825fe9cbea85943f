package ioverlay.testkit;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import ioverlay.api.Algorithm;
import ioverlay.api.NodeId;
import ioverlay.api.WrittenBy;

/**
 * What a {@link TestNode} is like, before it starts. Everything has a default.
 *
 * <p><b>Threads:</b> one.
 */
public final class NodeSetup {
    /** The node's id unless the test says otherwise. */
    public static final NodeId DEFAULT_SELF = NodeId.parse("127.0.0.1:7000");

    /** The application that the slot serves unless the test says otherwise. */
    public static final int DEFAULT_APPLICATION = 1;

    /** What the slot may hold unless the test says otherwise, in bytes: as at a node with the usual buffers. */
    public static final int DEFAULT_HOLD_BYTES = 2 << 20;

    private final Algorithm algorithm;
    private NodeId self = DEFAULT_SELF;
    private int application = DEFAULT_APPLICATION;
    private JsonObject settings = new JsonObject();
    private long seed = 1;
    private int holdBytes = DEFAULT_HOLD_BYTES;
    private WrittenBy origin = new WrittenBy("algorithm", "1.0.0");
    private boolean onlyCounts;

    NodeSetup(Algorithm algorithm) {
        this.algorithm = algorithm;
    }

    /** The node's id. */
    public NodeSetup self(NodeId id) {
        self = id;
        return this;
    }

    /** The application that the slot serves; 0 serves all. */
    public NodeSetup application(int id) {
        application = id;
        return this;
    }

    /**
     * The slot's settings.
     *
     * @param json an object as text; single quotes do as well as double ones
     * @throws com.google.gson.JsonParseException if it is malformed
     */
    public NodeSetup settings(String json) {
        return settings(JsonParser.parseString(json).getAsJsonObject());
    }

    /** The slot's settings. */
    public NodeSetup settings(JsonObject json) {
        settings = json.deepCopy();
        return this;
    }

    /** The node's seed: the same one gives the same {@link ioverlay.api.Place#random} numbers, at a real node too. */
    public NodeSetup seed(long value) {
        seed = value;
        return this;
    }

    /**
     * What the slot may hold.
     *
     * @param bytes headers included, at least 1
     * @throws IllegalArgumentException if it is less
     */
    public NodeSetup holdBytes(int bytes) {
        if (bytes < 1) {
            throw new IllegalArgumentException("a slot holds at least 1 byte, not " + bytes);
        }
        holdBytes = bytes;
        return this;
    }

    /**
     * What a successor is told of this version.
     *
     * @param name the algorithm's
     * @param version its bundle's, for example {@code 1.0.0}
     * @throws IllegalArgumentException if the version has another form
     */
    public NodeSetup version(String name, String version) {
        origin = new WrittenBy(name, version);
        return this;
    }

    /**
     * Calls of the algorithm that throw are only counted and kept in {@link TestNode#failures}, as at a real node.
     * Otherwise the method of the test that caused such a call throws it on, as an {@link AlgorithmFailure}.
     */
    public NodeSetup onlyCountFailures() {
        onlyCounts = true;
        return this;
    }

    /**
     * Lets the algorithm begin, check itself and serve.
     *
     * @throws AlgorithmFailure if it refuses; its {@code end} was then called
     */
    public TestNode start() {
        Switch node = new Switch(self, application, holdBytes, algorithm);
        Succession succession = Succession.begin(node, new SlotPlace(node, settings, seed), origin);
        return new TestNode(node, succession, new Beginning(settings, seed, onlyCounts)).started();
    }

    /** What successors at the same node begin with. */
    record Beginning(JsonObject settings, long seed, boolean onlyCounts) {}
}

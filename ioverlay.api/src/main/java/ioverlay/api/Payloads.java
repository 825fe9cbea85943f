package ioverlay.api;

import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * The forms that payloads of known types have: a list of nodes, or a JSON object as UTF-8 text.
 *
 * <p><b>Threads:</b> any.
 */
public final class Payloads {
    /** The most nodes that one list may hold. */
    public static final int MAX_NODES = 4096;

    private Payloads() {}

    static byte[] write(List<NodeId> nodes) {
        if (nodes.size() > MAX_NODES) {
            throw new IllegalArgumentException("a list holds at most " + MAX_NODES + " nodes, not " + nodes.size());
        }
        ByteBuffer bytes = ByteBuffer.allocate(nodes.size() * NodeId.BYTES);
        nodes.forEach(node -> node.write(bytes));
        return bytes.array();
    }

    /**
     * Reads a payload that is a list of nodes.
     *
     * @throws IllegalArgumentException if the payload is not a whole number of well-formed nodes, at most {@link #MAX_NODES}
     */
    public static List<NodeId> nodes(Message message) {
        int size = message.payloadSize();
        if (size % NodeId.BYTES != 0 || size / NodeId.BYTES > MAX_NODES) {
            throw new IllegalArgumentException("a list of nodes has " + NodeId.BYTES + " bytes for each of at most "
                    + MAX_NODES + " nodes, not " + size + " bytes");
        }
        ByteBuffer bytes = message.payload();
        List<NodeId> nodes = new ArrayList<>(size / NodeId.BYTES);
        while (bytes.hasRemaining()) {
            nodes.add(NodeId.read(bytes));
        }
        return List.copyOf(nodes);
    }

    /**
     * Reads a payload that is a JSON object; an empty payload is the empty object.
     *
     * @throws IllegalArgumentException if it is anything else
     */
    public static JsonObject json(Message message) {
        if (message.payloadSize() == 0) {
            return new JsonObject();
        }
        String rule = "the payload of type 0x" + Integer.toHexString(message.type()) + " must be a JSON object, not ";
        try {
            if (JsonParser.parseString(message.text()) instanceof JsonObject object) {
                return object;
            }
        } catch (JsonParseException e) {
            throw new IllegalArgumentException(rule + "malformed text", e);
        }
        throw new IllegalArgumentException(rule + "another JSON value");
    }
}

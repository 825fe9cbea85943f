package ioverlay.algo.tree;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import ioverlay.api.Message;
import ioverlay.api.NodeId;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/**
 * What nodes of a tree say to each other: a protocol number, then a JSON object. During a rollout two versions are
 * neighbours, so members that are not known are ignored.
 */
final class Word {
    /** The source exists (sAnnounce): {@code source}, {@code hops} left, {@code reign}, {@code call} that tells one announcement from another. */
    static final int ANNOUNCE = 0x8101;

    /**
     * A node looks for a parent (sQuery): {@code joiner}, {@code request}, {@code hops} so far, {@code family} if it brings children along, {@code limit} on the
     * parent's stress with it, if it has a parent already.
     */
    static final int QUERY = 0x8102;

    /** A parent is found (sQueryAck): {@code request}, {@code parent}. */
    static final int QUERY_ACK = 0x8103;

    /** The sender becomes a child: {@code degree}, {@code rate}. */
    static final int ATTACH = 0x8104;

    /** The sender is no longer the child, or no longer the parent, of the receiver. */
    static final int DETACH = 0x8105;

    /** How the sender is: {@code degree}, {@code rate}; to children also {@code rooted}, {@code path} to the source, {@code children} with their degrees and rates, {@code source}, {@code reign}; {@code ask} for an answer. */
    static final int STRESS = 0x8106;

    /** Whether the way up from a parent passes the joiner: {@code joiner}, {@code request}, {@code parent}. Goes up to the source, which answers the joiner. */
    static final int VERIFY = 0x8107;

    /** The receiver's child takes its place and becomes its parent, up to the old source: {@code source}, {@code reign}. */
    static final int TURN = 0x8108;

    /** The sender takes nobody: it is in no session, or its way up is being repaired; {@code request}. */
    static final int REFUSAL = 0x8109;

    /** What follows from the sender is of the era that is the sequence number. Not control: it keeps its place among the data. */
    static final int ERA = 0x1f81;

    /** Far beyond what sources can change; a greater number is none. */
    private static final long MOST_REIGNS = 1L << 50;

    private static final byte PROTOCOL = 1;
    private static final int MOST_NODES = 4096;

    private Word() {}

    static byte[] write(JsonObject body) {
        byte[] text = body.toString().getBytes(StandardCharsets.UTF_8);
        byte[] payload = new byte[text.length + 1];
        payload[0] = PROTOCOL;
        System.arraycopy(text, 0, payload, 1, text.length);
        return payload;
    }

    /**
     * Reads it.
     *
     * @throws IllegalArgumentException if it is none of this protocol
     */
    static JsonObject read(Message message) {
        ByteBuffer payload = message.payload();
        if (!payload.hasRemaining() || payload.get() != PROTOCOL) {
            throw new IllegalArgumentException("a word of a tree starts with the protocol number " + PROTOCOL + ", not "
                    + (message.payloadSize() == 0
                            ? "nothing"
                            : message.payload().get(0)));
        }
        try {
            if (JsonParser.parseString(StandardCharsets.UTF_8.decode(payload).toString()) instanceof JsonObject body) {
                return body;
            }
        } catch (JsonParseException e) {
            throw new IllegalArgumentException("a word of a tree is a JSON object, not malformed text", e);
        }
        throw new IllegalArgumentException("a word of a tree is a JSON object, not another value");
    }

    static NodeId node(JsonObject body, String name) {
        return NodeId.parse(text(body, name));
    }

    static String text(JsonObject body, String name) {
        return value(body, name).getAsString();
    }

    static int number(JsonObject body, String name) {
        return value(body, name).getAsInt();
    }

    static long large(JsonObject body, String name) {
        return value(body, name).getAsLong();
    }

    /** The number of a source's reign: each is above those that the source had heard of; 0 where a version says nothing. */
    static long reign(JsonObject body) {
        long reign = body.has("reign") ? large(body, "reign") : 0;
        if (reign < 0 || reign > MOST_REIGNS) {
            throw new IllegalArgumentException("a reign is 0 to " + MOST_REIGNS + ", not " + reign);
        }
        return reign;
    }

    /** Which of two sources counts: that of the later reign, of the same the one with the greater id. */
    static boolean isLater(long reign, NodeId source, long thanReign, NodeId than) {
        return reign != thanReign ? reign > thanReign : source.compareTo(than) > 0;
    }

    static double real(JsonObject body, String name) {
        double real = value(body, name).getAsDouble();
        if (!(real >= 0)) {
            throw new IllegalArgumentException(name + " is not negative, not " + real);
        }
        return real;
    }

    static boolean flag(JsonObject body, String name) {
        return body.has(name) && body.get(name).getAsBoolean();
    }

    static List<NodeId> nodes(JsonObject body, String name) {
        List<NodeId> nodes = new ArrayList<>();
        for (JsonElement node : array(body, name)) {
            nodes.add(NodeId.parse(node.getAsString()));
        }
        return nodes;
    }

    static JsonArray array(JsonObject body, String name) {
        if (!(value(body, name) instanceof JsonArray array) || array.size() > MOST_NODES) {
            throw new IllegalArgumentException(name + " is a list of at most " + MOST_NODES + " nodes");
        }
        return array;
    }

    static JsonArray ofNodes(Collection<NodeId> nodes) {
        JsonArray array = new JsonArray();
        nodes.forEach(node -> array.add(node.toString()));
        return array;
    }

    private static JsonElement value(JsonObject body, String name) {
        JsonElement value = body.get(name);
        if (value == null || value.isJsonNull()) {
            throw new IllegalArgumentException("a word of a tree has the member " + name);
        }
        return value;
    }
}

package ioverlay.algo.relay;

import com.google.gson.JsonObject;
import ioverlay.api.Message;
import ioverlay.api.NodeId;
import java.nio.ByteBuffer;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.ToLongFunction;

/**
 * What the next hops say they have received from this node: they are asked, and tell. The relay's own messages, since
 * version 1.1; 1.0 knows none of them, and does not answer.
 *
 * <p><b>Protocol 1:</b> control messages of type {@link #TYPE}, big-endian: u16 protocol number, u16 kind, u32 request
 * id; of kind {@link #TELL} then u64 messages received from the asker. What follows is of a later version and not read,
 * so that it can say more to those who know more. A message of another protocol or kind, one that is too short, or an
 * answer that was not asked for is ignored and counted: two versions are neighbours whenever one is tried out.
 */
final class Receipts {
    /** The type of all of them, from the authors' range. */
    static final int TYPE = 0x8101;

    static final int ASK = 1;
    static final int TELL = 2;

    private static final int PROTOCOL = 1;
    private static final int HEAD_BYTES = 8;
    private static final int TELL_BYTES = HEAD_BYTES + Long.BYTES;

    private final Map<NodeId, Long> told = new TreeMap<>();
    private int request;
    private long ignored;

    /** The payload that asks, for all next hops; answers to earlier ones are no longer taken. */
    ByteBuffer ask() {
        request++;
        return head(ASK, request, HEAD_BYTES).flip();
    }

    /**
     * Takes a message of {@link #TYPE}.
     *
     * @param next the next hops, who alone are believed
     * @param received how many messages came from a node
     * @return the payload of the answer, if the message asks
     */
    Optional<ByteBuffer> take(Message message, Collection<NodeId> next, ToLongFunction<NodeId> received) {
        ByteBuffer payload = message.payload();
        if (payload.remaining() < HEAD_BYTES || payload.getShort() != PROTOCOL) {
            ignored++;
            return Optional.empty();
        }
        int kind = payload.getShort();
        int id = payload.getInt();
        if (kind == ASK) {
            return Optional.of(head(TELL, id, TELL_BYTES)
                    .putLong(received.applyAsLong(message.from()))
                    .flip());
        }
        if (kind == TELL && id == request && payload.remaining() >= Long.BYTES && next.contains(message.from())) {
            told.put(message.from(), payload.getLong());
        } else {
            ignored++;
        }
        return Optional.empty();
    }

    private static ByteBuffer head(int kind, int id, int bytes) {
        return ByteBuffer.allocate(bytes)
                .putShort((short) PROTOCOL)
                .putShort((short) kind)
                .putInt(id);
    }

    /** By next hop the number it told last; and how many messages were ignored. */
    JsonObject toJson() {
        JsonObject json = new JsonObject();
        told.forEach((node, messages) -> json.addProperty(node.toString(), messages));
        json.addProperty("ignored", ignored);
        return json;
    }
}

package ioverlay.algo.relay;

import com.google.gson.JsonObject;
import ioverlay.api.Message;
import ioverlay.api.NodeId;
import java.nio.ByteBuffer;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * What the next hops say they have received from this node, in two protocols, so that 1.1 and 2.0 can be neighbours.
 *
 * <p><b>Protocol 1</b> is that of 1.1: control messages of type {@link #TYPE}, big-endian: u16 protocol number, u16 kind,
 * u32 request id; of kind {@link #TELL} then u64 messages received from the asker. <b>Protocol 2</b>: its {@link #TELL}
 * has u64 bytes, headers included, after the messages.
 *
 * <p>Who asks does so in protocol 1, which every neighbour reads, and appends a u16: the highest protocol that it reads.
 * 1.1 does not look at it and answers in protocol 1; so does 2.0 if it is not there. A message of another protocol or
 * kind, one that is too short, or an answer that was not asked for is ignored and counted.
 */
final class ReceiptBook {
    /** The type of all of them, from the authors' range. */
    static final int TYPE = 0x8101;

    static final int ASK = 1;
    static final int TELL = 2;

    private static final int FIRST_PROTOCOL = 1;
    private static final int PROTOCOL = 2;
    private static final int HEAD_BYTES = 8;

    private final Map<NodeId, Receipt> told = new TreeMap<>();
    private int request;
    private long ignored;

    /** What a next hop told, and in which protocol; one that speaks the first does not know the bytes. */
    private record Receipt(int protocol, long messages, Optional<Long> bytes) {
        JsonObject toJson() {
            JsonObject json = new JsonObject();
            json.addProperty("protocol", protocol);
            json.addProperty("messages", messages);
            bytes.ifPresent(number -> json.addProperty("bytes", number));
            return json;
        }
    }

    /** The payload that asks, for all next hops; answers to earlier ones are no longer taken. */
    ByteBuffer ask() {
        request++;
        return head(FIRST_PROTOCOL, ASK, request, Short.BYTES)
                .putShort((short) PROTOCOL)
                .flip();
    }

    /**
     * Takes a message of {@link #TYPE}.
     *
     * @param next the next hops, who alone are believed
     * @param received what came from a node
     * @return the payload of the answer, if the message asks
     */
    Optional<ByteBuffer> take(Message message, Collection<NodeId> next, Function<NodeId, Account> received) {
        ByteBuffer payload = message.payload();
        if (payload.remaining() < HEAD_BYTES) {
            ignored++;
            return Optional.empty();
        }
        int protocol = payload.getShort();
        int kind = payload.getShort();
        int id = payload.getInt();
        if (protocol == FIRST_PROTOCOL && kind == ASK) {
            boolean readsMore = payload.remaining() >= Short.BYTES && payload.getShort() >= PROTOCOL;
            return Optional.of(answer(readsMore ? PROTOCOL : FIRST_PROTOCOL, id, received.apply(message.from())));
        }
        boolean known = protocol == FIRST_PROTOCOL || protocol == PROTOCOL;
        if (known
                && kind == TELL
                && id == request
                && payload.remaining() >= protocol * Long.BYTES
                && next.contains(message.from())) {
            told.put(message.from(), receipt(protocol, payload));
        } else {
            ignored++;
        }
        return Optional.empty();
    }

    private static Receipt receipt(int protocol, ByteBuffer payload) {
        long messages = payload.getLong();
        return new Receipt(
                protocol, messages, protocol == PROTOCOL ? Optional.of(payload.getLong()) : Optional.empty());
    }

    private static ByteBuffer answer(int protocol, int id, Account received) {
        ByteBuffer answer = head(protocol, TELL, id, protocol * Long.BYTES).putLong(received.messages());
        if (protocol == PROTOCOL) {
            answer.putLong(received.bytes());
        }
        return answer.flip();
    }

    private static ByteBuffer head(int protocol, int kind, int id, int more) {
        return ByteBuffer.allocate(HEAD_BYTES + more)
                .putShort((short) protocol)
                .putShort((short) kind)
                .putInt(id);
    }

    /** By next hop what it told last; and how many messages were ignored. */
    JsonObject toJson() {
        JsonObject json = new JsonObject();
        told.forEach((node, receipt) -> json.add(node.toString(), receipt.toJson()));
        json.addProperty("ignored", ignored);
        return json;
    }
}

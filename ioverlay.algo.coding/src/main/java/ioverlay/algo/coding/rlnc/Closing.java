package ioverlay.algo.coding.rlnc;

import ioverlay.api.Message;
import ioverlay.api.MessageBuilder;
import ioverlay.api.NodeId;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;

/**
 * Says where a generation ends that has fewer blocks than others. Packets say it too; this comes without one more of them.
 *
 * @param stream which it is about
 * @param session of its source
 * @param generation its number
 * @param used how many blocks it has
 */
record Closing(StreamId stream, long session, int generation, int used) {
    /** The type of these messages. */
    static final int TYPE = 0x8184;

    private static final int BYTES = NodeId.BYTES + 20;

    MessageBuilder write(MessageBuilder message) {
        ByteBuffer payload = ByteBuffer.allocate(BYTES);
        stream.originator().write(payload);
        payload.putInt(stream.application()).putLong(session).putInt(generation).putInt(used);
        return message.payload(payload.flip());
    }

    /**
     * Reads one.
     *
     * @throws IllegalArgumentException if it is cut off
     */
    static Closing read(Message message) {
        ByteBuffer payload = message.payload();
        try {
            StreamId stream = new StreamId(NodeId.read(payload), payload.getInt());
            return new Closing(stream, payload.getLong(), payload.getInt(), payload.getInt());
        } catch (BufferUnderflowException e) {
            throw new IllegalArgumentException("a closing that is cut off", e);
        }
    }
}

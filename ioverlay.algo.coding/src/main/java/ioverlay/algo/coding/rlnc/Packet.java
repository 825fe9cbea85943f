package ioverlay.algo.coding.rlnc;

import ioverlay.algo.coding.codec.Shape;
import ioverlay.api.Message;
import ioverlay.api.NodeId;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.util.zip.CRC32C;

/**
 * What stands in front of a vector on the wire.
 *
 * <p>40 bytes, big-endian: the protocol number (1 byte), a zero, the blocks of a generation (2), how many of them there are
 * (2), how many of this generation went over this link by now (2), bytes of a block (4), the session (8), the generation (4),
 * the first generation that the sender still has (4), the number of the packet on this link (8), and the CRC-32C of all
 * these and of originator and application (4). The vector follows: coefficients, block, checksum.
 *
 * @param stream whose blocks they are
 * @param session of that source: drawn when it began
 * @param shape of the generation
 * @param used how many blocks there are, as far as the sender knows: fewer if the source had no more; the rest are zeros
 * @param generation its number, from 0
 * @param first the lowest generation that the sender can say something about
 * @param sent how many of this generation, this one included, it has sent over this link
 * @param number of this packet among all of this stream over this link, from 1
 */
record Packet(StreamId stream, long session, Shape shape, int used, int generation, int first, int sent, long number) {
    /** The type of messages that carry vectors. */
    static final int TYPE = 0x0181;

    /** Bytes in front of the vector. */
    static final int BYTES = 40;

    private static final byte PROTOCOL = 1;
    private static final int MOST_SENT = 0xffff;

    Packet {
        require(used >= 1 && used <= shape.blocks(), "a generation has 1 to " + shape.blocks() + " blocks", used);
        require(generation >= 0, "generations are numbered from 0", generation);
        require(first >= 0 && first <= generation, "a sender has what it sends, from " + first + " on", generation);
        require(number > 0, "packets are numbered from 1", number);
        sent = Math.min(sent, MOST_SENT);
    }

    /**
     * Reads what stands in front, and compares it with how much follows.
     *
     * @throws IllegalArgumentException if it is cut off or contradicts itself; the text gives the rule and the value
     */
    static Packet read(Message message) {
        ByteBuffer payload = message.payload();
        require(payload.remaining() >= BYTES, "a packet has at least " + BYTES + " bytes", payload.remaining());
        StreamId stream = new StreamId(message.sender(), message.application());
        int checksum = checksum(stream, payload.slice(0, BYTES - Integer.BYTES));
        byte protocol = payload.get();
        require(protocol == PROTOCOL, "a packet has the protocol number " + PROTOCOL, protocol);
        require(payload.get() == 0, "a packet has a zero after its protocol number", "another byte");
        int blocks = payload.getShort();
        int used = payload.getShort();
        int sent = payload.getShort() & MOST_SENT;
        Shape shape = new Shape(blocks, payload.getInt());
        long session = payload.getLong();
        Packet packet =
                new Packet(stream, session, shape, used, payload.getInt(), payload.getInt(), sent, payload.getLong());
        require(payload.getInt() == checksum, "a packet has the checksum of its beginning", "another");
        require(
                payload.remaining() == shape.vectorBytes(),
                "a vector has " + shape.vectorBytes() + " bytes here",
                payload.remaining());
        return packet;
    }

    /** The vector in a message that begins so. */
    static MemorySegment vector(Message message) {
        return message.segment().asSlice(BYTES);
    }

    /** The message that carries this. */
    Message message(MemorySegment vector) {
        ByteBuffer payload = ByteBuffer.allocate(BYTES + (int) vector.byteSize());
        payload.put(PROTOCOL).put((byte) 0).putShort((short) shape.blocks()).putShort((short) used);
        payload.putShort((short) sent).putInt(shape.blockBytes()).putLong(session);
        payload.putInt(generation).putInt(first).putLong(number);
        payload.putInt(checksum(stream, payload.slice(0, BYTES - Integer.BYTES)));
        payload.put(vector.asByteBuffer()).flip();
        return Message.builder(stream.originator(), TYPE)
                .application(stream.application())
                .sequence(generation)
                .payload(payload)
                .build();
    }

    private static int checksum(StreamId stream, ByteBuffer front) {
        CRC32C checksum = new CRC32C();
        checksum.update(front);
        ByteBuffer about = ByteBuffer.allocate(NodeId.BYTES + Integer.BYTES);
        stream.originator().write(about);
        checksum.update(about.putInt(stream.application()).flip());
        return (int) checksum.getValue();
    }

    private static void require(boolean holds, String rule, Object value) {
        if (!holds) {
            throw new IllegalArgumentException(rule + ", not " + value);
        }
    }
}

package ioverlay.algo.coding;

import ioverlay.api.Header;
import ioverlay.api.Message;
import ioverlay.api.MessageType;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.util.zip.CRC32C;

/**
 * What stands in front of a combined message: which two messages it was made of, and how. The combined bytes follow, as
 * many as the longer of both has; the shorter counts as followed by zeros.
 *
 * <p>42 bytes, big-endian: the protocol number and the number of parts, 1 byte each; then for each part the sequence
 * number (8), the type (2), the coefficient (1), a zero, the payload's size (4) and its CRC-32C (4).
 *
 * @param even the part of the even number
 * @param odd that of the next number
 */
record Sum(Part even, Part odd) {
    /** The type of combined messages. Live ones have {@link MessageType#LIVE} besides. */
    static final int TYPE = 0x0180;

    /** Bytes in front of the combined ones. */
    static final int BYTES = 42;

    private static final byte PROTOCOL = 1;
    private static final byte PARTS = 2;

    /**
     * One of the two.
     *
     * @param sequence the originator's number
     * @param type a data type
     * @param coefficient what it was multiplied by, 1 to 255
     * @param size bytes of its payload
     * @param checksum of its payload, CRC-32C
     */
    record Part(long sequence, int type, int coefficient, int size, int checksum) {
        Part {
            require(
                    type > 0 && !MessageType.isControl(type) && type <= 0xffff && MessageType.plain(type) != TYPE,
                    "a combined message is made of data messages that are not combined",
                    type);
            require(coefficient >= 1 && coefficient <= 0xff, "a coefficient is 1 to 255", coefficient);
            require(size >= 0 && size <= Header.MAX_PAYLOAD, "a part has 0 to " + Header.MAX_PAYLOAD + " bytes", size);
        }

        /** A message as a part, multiplied by 1. */
        static Part of(Message message) {
            return new Part(
                    message.sequence(), message.type(), 1, message.payloadSize(), checksumOf(message.segment()));
        }

        private static Part read(ByteBuffer from) {
            long sequence = from.getLong();
            int type = from.getShort() & 0xffff;
            int coefficient = from.get() & 0xff;
            require(from.get() == 0, "a part has a zero after its coefficient", "another byte");
            return new Part(sequence, type, coefficient, from.getInt(), from.getInt());
        }

        private void write(ByteBuffer into) {
            into.putLong(sequence)
                    .putShort((short) type)
                    .put((byte) coefficient)
                    .put((byte) 0);
            into.putInt(size).putInt(checksum);
        }

        /** Whether it is what a payload says that it is. */
        boolean is(MemorySegment payload) {
            return payload.byteSize() == size && checksumOf(payload) == checksum;
        }
    }

    Sum {
        require(
                (even.sequence & 1) == 0 && odd.sequence == even.sequence + 1,
                "a combined message is made of an even number and the next",
                even.sequence + " and " + odd.sequence);
    }

    /**
     * Reads what stands in front, and compares it with how much follows.
     *
     * @throws IllegalArgumentException if it is cut off or contradicts itself; the text gives the rule and the value
     */
    static Sum read(Message message) {
        ByteBuffer payload = message.payload();
        require(
                payload.remaining() >= BYTES,
                "a combined message has at least " + BYTES + " bytes",
                payload.remaining());
        byte protocol = payload.get();
        require(protocol == PROTOCOL, "a combined message has the protocol number " + PROTOCOL, protocol);
        byte parts = payload.get();
        require(parts == PARTS, "a combined message has " + PARTS + " parts", parts);
        Sum sum = new Sum(Part.read(payload), Part.read(payload));
        require(
                payload.remaining() == sum.size(),
                "as many bytes are combined as the longer part has, " + sum.size(),
                payload.remaining());
        return sum;
    }

    void write(ByteBuffer into) {
        into.put(PROTOCOL).put(PARTS);
        even.write(into);
        odd.write(into);
    }

    /** How many bytes are combined. */
    int size() {
        return Math.max(even.size, odd.size);
    }

    /** The part of that number, which is one of both. */
    Part part(long sequence) {
        return sequence == even.sequence ? even : odd;
    }

    private static int checksumOf(MemorySegment payload) {
        CRC32C checksum = new CRC32C();
        checksum.update(payload.asByteBuffer());
        return (int) checksum.getValue();
    }

    private static void require(boolean holds, String rule, Object value) {
        if (!holds) {
            throw new IllegalArgumentException(rule + ", not " + value);
        }
    }
}

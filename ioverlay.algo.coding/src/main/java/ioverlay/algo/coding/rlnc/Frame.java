package ioverlay.algo.coding.rlnc;

import ioverlay.api.Header;
import ioverlay.api.Message;
import ioverlay.api.MessageType;
import java.nio.ByteBuffer;
import java.util.zip.CRC32C;

/**
 * A message among the bytes of a stream: what stands in front of its payload. 19 bytes, big-endian: 1, the number (8), the
 * type (2), the size (4), the CRC-32C of these and of the payload (4). A 0 instead of the 1 ends the generation.
 *
 * @param sequence the originator's number
 * @param type a data type
 * @param size of the payload
 * @param checksum of all
 */
record Frame(long sequence, int type, int size, int checksum) {
    static final int BYTES = 19;
    static final byte BEGINS = 1;

    private static final int CHECKED_BYTES = BYTES - Integer.BYTES;

    Frame {
        if (type <= 0 || type > 0xffff || MessageType.isControl(type) || size < 0 || size > Header.MAX_PAYLOAD) {
            throw new IllegalArgumentException("a message of type " + type + " and " + size + " bytes is none");
        }
    }

    /** What stands in front of a message. */
    static ByteBuffer front(Message message) {
        ByteBuffer front = ByteBuffer.allocate(BYTES).put(BEGINS).putLong(message.sequence());
        front.putShort((short) message.type()).putInt(message.payloadSize());
        return front.putInt(checksum(front, message.payload())).flip();
    }

    /**
     * Reads it.
     *
     * @throws IllegalArgumentException if that is none
     */
    static Frame read(byte[] front) {
        ByteBuffer from = ByteBuffer.wrap(front);
        if (from.get() != BEGINS) {
            throw new IllegalArgumentException("a message begins with a 1");
        }
        return new Frame(from.getLong(), from.getShort() & 0xffff, from.getInt(), from.getInt());
    }

    /** Whether that is the payload. */
    boolean is(byte[] front, byte[] payload) {
        return checksum(ByteBuffer.wrap(front), ByteBuffer.wrap(payload)) == checksum;
    }

    private static int checksum(ByteBuffer front, ByteBuffer payload) {
        CRC32C checksum = new CRC32C();
        checksum.update(front.slice(0, CHECKED_BYTES));
        checksum.update(payload);
        return (int) checksum.getValue();
    }
}

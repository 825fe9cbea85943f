package ioverlay.api;

import java.nio.ByteBuffer;

/**
 * The fixed 24-byte header of every message (paper, section 2.2), big-endian:
 *
 * <pre>
 *  0  type           u16   bit 15 control, bit 14 the engine's own, bit 13 live (see {@link MessageType})
 *  2  sender port    u16
 *  4  sender address u32   the originator, not the last hop
 *  8  application    u32
 * 12  sequence       u64   control messages read it as two ints, {@link #param1} and {@link #param2}
 * 20  payload size   u32   at most {@link #MAX_PAYLOAD}
 * </pre>
 *
 * <p><b>Threads:</b> immutable, any.
 *
 * @param type 1 to 65535, but for those that no range of {@link MessageType} has
 * @param sender the originator
 * @param application the session it belongs to, an unsigned 32-bit number; 0 is the node's own
 * @param sequence set by the originator
 * @param payloadSize bytes after the header, 0 to {@link #MAX_PAYLOAD}
 */
public record Header(int type, NodeId sender, int application, long sequence, int payloadSize) {
    /** Bytes a header takes on the wire. */
    public static final int BYTES = 24;

    /** The largest payload, in bytes; a node may be configured to a smaller one, never to a larger one. */
    public static final int MAX_PAYLOAD = 1 << 20;

    /** The largest payload of a control message, in bytes: control overtakes data, so it stays small. */
    public static final int MAX_CONTROL_PAYLOAD = 64 << 10;

    private static final int SENDER_PORT = 2;
    private static final int SENDER_ADDRESS = 4;
    private static final int APPLICATION = 8;
    private static final int SEQUENCE = 12;
    private static final int PAYLOAD_SIZE = 20;

    /**
     * Checks every field.
     *
     * @throws IllegalArgumentException with the rule and the value
     */
    public Header {
        String broken = broken(type, sender.port(), payloadSize, MAX_PAYLOAD);
        if (!broken.isEmpty()) {
            throw new IllegalArgumentException(broken);
        }
    }

    /**
     * What is wrong with the header that starts at {@code at}, or the empty text.
     *
     * @param maxPayload the largest payload this reader takes, in bytes
     */
    public static String fault(ByteBuffer buffer, int at, int maxPayload) {
        return broken(
                typeAt(buffer, at), buffer.getShort(at + SENDER_PORT) & 0xffff, payloadSizeAt(buffer, at), maxPayload);
    }

    private static String broken(int type, int senderPort, int payloadSize, int maxPayload) {
        if (type < 1 || type > 0xffff) {
            return "a message's type is 1 to 65535, not " + type;
        }
        if (type == MessageType.LIVE) {
            return "a live message (bit 13) has a type besides, not only 0x" + Integer.toHexString(type);
        }
        if ((type & MessageType.ENGINE) != 0 && !MessageType.isControl(type)) {
            return "an engine message (bit 14) is a control message (bit 15), not type 0x" + Integer.toHexString(type);
        }
        if (senderPort == 0) {
            return "a message's sender has a port of 1 to 65535, not 0";
        }
        int most = MessageType.isControl(type) ? Math.min(maxPayload, MAX_CONTROL_PAYLOAD) : maxPayload;
        if (payloadSize < 0 || payloadSize > most) {
            return "a payload of type 0x" + Integer.toHexString(type) + " has at most " + most + " bytes, not "
                    + Integer.toUnsignedString(payloadSize);
        }
        return "";
    }

    /**
     * Reads the header that starts at {@code at}; the buffer's position stays.
     *
     * @throws IllegalArgumentException if it is broken; the message is that of {@link #fault}
     * @throws IndexOutOfBoundsException if fewer than {@link #BYTES} bytes are there
     */
    public static Header read(ByteBuffer buffer, int at) {
        String fault = fault(buffer, at, MAX_PAYLOAD);
        if (!fault.isEmpty()) {
            throw new IllegalArgumentException(fault);
        }
        return new Header(
                typeAt(buffer, at),
                senderAt(buffer, at),
                applicationAt(buffer, at),
                sequenceAt(buffer, at),
                payloadSizeAt(buffer, at));
    }

    /** Writes {@link #BYTES} bytes from {@code at} on; the buffer's position stays. */
    public void write(ByteBuffer buffer, int at) {
        buffer.putShort(at, (short) type)
                .putShort(at + SENDER_PORT, (short) sender.port())
                .putInt(at + SENDER_ADDRESS, sender.address())
                .putInt(at + APPLICATION, application)
                .putLong(at + SEQUENCE, sequence)
                .putInt(at + PAYLOAD_SIZE, payloadSize);
    }

    /** The type in the header that starts at {@code at}, unchecked. */
    public static int typeAt(ByteBuffer buffer, int at) {
        return buffer.getShort(at) & 0xffff;
    }

    /**
     * The originator in the header that starts at {@code at}.
     *
     * @throws IllegalArgumentException if its port is 0
     */
    public static NodeId senderAt(ByteBuffer buffer, int at) {
        return new NodeId(buffer.getInt(at + SENDER_ADDRESS), buffer.getShort(at + SENDER_PORT) & 0xffff);
    }

    /** The application in the header that starts at {@code at}, an unsigned 32-bit number. */
    public static int applicationAt(ByteBuffer buffer, int at) {
        return buffer.getInt(at + APPLICATION);
    }

    /** The sequence word in the header that starts at {@code at}. */
    public static long sequenceAt(ByteBuffer buffer, int at) {
        return buffer.getLong(at + SEQUENCE);
    }

    /** The payload's size in the header that starts at {@code at}, unchecked: negative means over 2^31 - 1. */
    public static int payloadSizeAt(ByteBuffer buffer, int at) {
        return buffer.getInt(at + PAYLOAD_SIZE);
    }

    /** The upper half of the sequence word: a control message's first parameter. */
    public int param1() {
        return (int) (sequence >>> 32);
    }

    /** The lower half of the sequence word: a control message's second parameter. */
    public int param2() {
        return (int) sequence;
    }

    /** Two parameters as one sequence word. */
    public static long params(int param1, int param2) {
        return (long) param1 << 32 | (param2 & 0xffff_ffffL);
    }
}

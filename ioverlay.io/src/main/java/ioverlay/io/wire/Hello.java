package ioverlay.io.wire;

import ioverlay.api.Header;
import ioverlay.api.NodeId;
import java.io.IOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;

/**
 * How a node introduces itself on a new connection; the payload of {@link LinkType#HELLO} and {@link LinkType#WELCOME}:
 *
 * <pre>
 *  0  magic            u32  "iOvl"
 *  4  lowest version   u16
 *  6  highest version  u16
 *  8  features         u64  {@link #HEARS_DELAY}; unknown bits are ignored
 * 16  role             u8   {@link #NODE} or {@link #PROBE}
 * 17  node             7 bytes, {@link NodeId#write}
 * 24  incarnation      u64  another one after each start
 * 32  largest payload  u32  that it takes
 * 36  data window      u32  per application, in bytes; only WELCOME's counts
 * 40  control window   u32  in bytes; only WELCOME's counts
 * 44  delay            u32  microseconds; 0 where the payload ends before it
 * </pre>
 *
 * @param node where it can be dialled
 * @param incarnation tells a restarted node from the one before
 * @param role what the connection is for
 * @param maxPayload largest payload it takes, in bytes
 * @param dataWindow what it grants each application at first, in bytes
 * @param controlWindow what it grants the control lane at first, in bytes
 * @param features what it knows besides, of what this node knows
 * @param delayMicros how late what the dialler sends is on purpose, at most; see {@link LinkType#DELAY}
 */
public record Hello(
        NodeId node,
        long incarnation,
        byte role,
        int maxPayload,
        int dataWindow,
        int controlWindow,
        long features,
        int delayMicros) {
    /** The version of the wire that this engine speaks. */
    public static final int VERSION = 1;

    /** A connection that carries messages. */
    public static final byte NODE = 0;

    /** A connection that only measures. */
    public static final byte PROBE = 1;

    /** It knows {@link LinkType#DELAY}; whoever does not ends a link that says so. */
    public static final long HEARS_DELAY = 1;

    /** The longest latency and jitter that can be emulated. */
    public static final int MOST_DELAY_MICROS = 120_000_000;

    private static final int MAGIC = 0x694f766c;
    private static final int PAYLOAD_BYTES = 48;

    /** What every version has. */
    private static final int LEAST_PAYLOAD_BYTES = 44;

    /** With all that this version knows. */
    public Hello(NodeId node, long incarnation, byte role, int maxPayload, int dataWindow, int controlWindow) {
        this(node, incarnation, role, maxPayload, dataWindow, controlWindow, HEARS_DELAY, 0);
    }

    /** The same of who sends so late on purpose. */
    public Hello late(int micros) {
        return new Hello(node, incarnation, role, maxPayload, dataWindow, controlWindow, features, micros);
    }

    /** The answer to a dialler, with what it is granted at first. */
    public Hello granting(int bytes, Hello dialler) {
        return new Hello(node, incarnation, role, maxPayload, bytes, controlWindow, features, dialler.delayMicros);
    }

    /** The whole message, ready to be written. */
    public ByteBuffer encode(int type) {
        ByteBuffer bytes = ByteBuffer.allocate(Header.BYTES + PAYLOAD_BYTES);
        new Header(type, node, 0, incarnation, PAYLOAD_BYTES).write(bytes, 0);
        bytes.position(Header.BYTES);
        bytes.putInt(MAGIC)
                .putShort((short) VERSION)
                .putShort((short) VERSION)
                .putLong(features)
                .put(role);
        node.write(bytes);
        bytes.putLong(incarnation)
                .putInt(maxPayload)
                .putInt(dataWindow)
                .putInt(controlWindow)
                .putInt(delayMicros);
        return bytes.flip();
    }

    /**
     * Reads the payload.
     *
     * @throws IOException if it is none, or speaks no version that we do; the message gives the rule and the value
     */
    static Hello decode(ByteBuffer payload) throws IOException {
        try {
            int magic = payload.getInt();
            if (magic != MAGIC) {
                throw new IOException("a link opens with the magic 0x694f766c, not 0x" + Integer.toHexString(magic));
            }
            int lowest = payload.getShort() & 0xffff;
            int highest = payload.getShort() & 0xffff;
            if (lowest > VERSION || highest < VERSION) {
                throw new IOException("this node speaks version " + VERSION + " of the wire, the peer speaks " + lowest
                        + " to " + highest);
            }
            long features = payload.getLong() & HEARS_DELAY;
            byte role = payload.get();
            return checked(new Hello(
                    NodeId.read(payload),
                    payload.getLong(),
                    role,
                    payload.getInt(),
                    payload.getInt(),
                    payload.getInt(),
                    features,
                    payload.remaining() < Integer.BYTES ? 0 : Math.clamp(payload.getInt(), 0, MOST_DELAY_MICROS)));
        } catch (BufferUnderflowException e) {
            throw new IOException(
                    "a link opens with " + LEAST_PAYLOAD_BYTES + " bytes of payload, the peer sent fewer", e);
        } catch (IllegalArgumentException e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    private static Hello checked(Hello hello) throws IOException {
        if (hello.role != NODE && hello.role != PROBE) {
            throw new IOException("a connection's role is 0 (node) or 1 (probe), not " + hello.role);
        }
        if (hello.maxPayload < 1 || hello.maxPayload > Header.MAX_PAYLOAD) {
            throw new IOException(
                    "a largest payload is 1 to " + Header.MAX_PAYLOAD + " bytes, not " + hello.maxPayload);
        }
        if (hello.dataWindow < 1 || hello.controlWindow < 1) {
            throw new IOException(
                    "a window has at least 1 byte, not " + hello.dataWindow + " and " + hello.controlWindow);
        }
        return hello;
    }
}

package ioverlay.io.wire;

import ioverlay.api.Header;
import ioverlay.api.NodeId;
import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * What a receiver allows one application of a link, or the link's control lane: the sender may begin a message while
 * what it has sent is below the limit. All numbers count from the opening of the link, so that a later credit replaces
 * an earlier one.
 *
 * @param application whose credit it is; 0 for the control lane
 * @param limitBytes that may have been sent before a message begins
 * @param takenBytes that the switch has taken
 * @param takenMessages that the switch has taken
 */
public record Credit(int application, long limitBytes, long takenBytes, long takenMessages) {
    private static final int PAYLOAD_BYTES = 16;

    /** Bytes on the wire. */
    public static final int BYTES = Header.BYTES + PAYLOAD_BYTES;

    /** Writes the whole message. */
    public void write(ByteBuffer into, int type, NodeId from) {
        new Header(type, from, application, limitBytes, PAYLOAD_BYTES).write(into, into.position());
        into.position(into.position() + Header.BYTES);
        into.putLong(takenBytes).putLong(takenMessages);
    }

    /**
     * Reads the message that starts at {@code at} and is complete.
     *
     * @throws IOException if it has another size
     */
    public static Credit read(ByteBuffer from, int at) throws IOException {
        int size = Header.payloadSizeAt(from, at);
        if (size != PAYLOAD_BYTES) {
            throw new IOException("a credit has " + PAYLOAD_BYTES + " bytes of payload, not " + size);
        }
        return new Credit(
                Header.applicationAt(from, at),
                Header.sequenceAt(from, at),
                from.getLong(at + Header.BYTES),
                from.getLong(at + Header.BYTES + 8));
    }
}

package ioverlay.io.wire;

import ioverlay.api.Header;
import ioverlay.io.counts.Count;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;

/**
 * Reads what comes back on a link that was dialled: words of credit, echoes and BYE, nothing long. The other end of
 * {@link Reverse}.
 *
 * <p><b>Threads:</b> one at a time.
 */
public final class WayBack {
    private static final int BYTES = 4 << 10;

    private final ByteBuffer bytes = ByteBuffer.allocateDirect(BYTES);
    private final Hearer hearer;
    private boolean isOver;

    /** Is told each whole word. */
    @FunctionalInterface
    public interface Hearer {
        /**
         * A word is there.
         *
         * @param bytes that hold it from {@code at} on; only within this call
         * @return whether somebody has waited for it
         * @throws ProtocolException if it may not come here
         */
        boolean heard(int type, ByteBuffer bytes, int at) throws ProtocolException;
    }

    /** A way back that nothing has come on yet. */
    public WayBack(Hearer hearer) {
        this.hearer = hearer;
    }

    /**
     * Reads once what is there, without blocking.
     *
     * @return whether somebody has waited for it
     * @throws ProtocolException if a header is broken or a word is too long
     * @throws IOException if it cannot be read
     */
    public boolean read(SocketChannel channel) throws IOException {
        isOver = channel.read(bytes) < 0;
        boolean waited = false;
        int at = 0;
        while (bytes.position() - at >= Header.BYTES) {
            int length = lengthAt(at);
            if (bytes.position() - at < length) {
                break;
            }
            waited |= hearer.heard(Header.typeAt(bytes, at), bytes, at);
            at += length;
        }
        bytes.flip().position(at);
        bytes.compact();
        return waited;
    }

    /** Whether the peer has closed its side, as the last read found. */
    public boolean isOver() {
        return isOver;
    }

    private int lengthAt(int at) throws ProtocolException {
        String fault = Header.fault(bytes, at, BYTES - Header.BYTES);
        if (!fault.isEmpty()) {
            throw new ProtocolException(Count.LINKS_BROKEN_HEADER, fault);
        }
        return Header.BYTES + Header.payloadSizeAt(bytes, at);
    }

    /**
     * The credit that the word brings.
     *
     * @throws ProtocolException if it is none
     */
    public static Credit credit(ByteBuffer bytes, int at) throws ProtocolException {
        try {
            return Credit.read(bytes, at);
        } catch (IOException e) {
            throw new ProtocolException(Count.LINKS_BROKEN_HEADER, String.valueOf(e.getMessage()));
        }
    }
}

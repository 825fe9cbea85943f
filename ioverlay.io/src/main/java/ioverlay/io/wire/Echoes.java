package ioverlay.io.wire;

import ioverlay.api.Header;
import ioverlay.api.NodeId;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;

/**
 * Round trips on a connection that only measures: the acceptor's thread repeats each echo, the prober takes the time.
 *
 * <p><b>Threads:</b> each side blocks its own virtual thread; whoever started it closes the channel at the deadline.
 */
public final class Echoes {
    /** The most echoes that one connection may ask for. */
    static final int MAX_ECHOES = 64;

    private Echoes() {}

    /** The acceptor's side; returns when the prober is done or the connection is broken. */
    public static void answer(SocketChannel channel, NodeId self) {
        ByteBuffer echo = ByteBuffer.allocate(Header.BYTES);
        try {
            for (int i = 0; i < MAX_ECHOES; i++) {
                read(channel, echo);
                if (Header.typeAt(echo, 0) != LinkType.ECHO || Header.payloadSizeAt(echo, 0) != 0) {
                    return; // BYE, or nothing we know
                }
                new Header(LinkType.ECHO_REPLY, self, 0, Header.sequenceAt(echo, 0), 0).write(echo, 0);
                write(channel, echo);
            }
        } catch (IOException e) {
            return; // the prober is gone
        }
    }

    /**
     * One round trip.
     *
     * @return nanoseconds
     * @throws IOException if the connection broke or the answer is another one
     */
    public static long roundTripNs(SocketChannel channel, NodeId self, long id) throws IOException {
        ByteBuffer echo = ByteBuffer.allocate(Header.BYTES);
        new Header(LinkType.ECHO, self, 0, id, 0).write(echo, 0);
        long start = System.nanoTime();
        write(channel, echo);
        read(channel, echo);
        long took = System.nanoTime() - start;
        if (Header.typeAt(echo, 0) != LinkType.ECHO_REPLY || Header.sequenceAt(echo, 0) != id) {
            throw new IOException("an echo was answered with type 0x" + Integer.toHexString(Header.typeAt(echo, 0)));
        }
        return took;
    }

    private static void read(SocketChannel channel, ByteBuffer echo) throws IOException {
        Channels.fill(channel, echo.clear(), "during a measurement");
    }

    private static void write(SocketChannel channel, ByteBuffer echo) throws IOException {
        Channels.write(channel, echo.position(0).limit(Header.BYTES));
    }
}

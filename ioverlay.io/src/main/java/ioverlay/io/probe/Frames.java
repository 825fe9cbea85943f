package ioverlay.io.probe;

import ioverlay.api.Header;
import ioverlay.api.NodeId;
import java.io.EOFException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.SocketChannel;
import java.util.concurrent.locks.LockSupport;

/**
 * Messages of a connection that measures, one at a time, and the waiting between them. Nothing here ends by itself if the
 * peer is silent: whoever started it closes the channel at the deadline.
 *
 * <p><b>Threads:</b> one, which blocks.
 */
final class Frames {
    /** The largest payload that is taken. */
    static final int MOST_PAYLOAD_BYTES = 8 << 10;

    /** A parked thread comes back this much too late: what must be exact is awaited by looking at the time. */
    private static final long SLACK_NS = 150_000;

    /** Whoever waits looks this often whether the channel is still open. */
    private static final long LOOK_NS = 50_000_000;

    private final SocketChannel channel;
    private final NodeId self;
    private final ByteBuffer in = ByteBuffer.allocateDirect(Header.BYTES + MOST_PAYLOAD_BYTES);
    private final ByteBuffer out = ByteBuffer.allocateDirect(Header.BYTES + MOST_PAYLOAD_BYTES);

    Frames(SocketChannel channel, NodeId self) {
        this.channel = channel;
        this.self = self;
    }

    /** Writes a message whose payload is these two numbers and zeroes. */
    void write(int type, int application, long sequence, int payloadBytes, long first, long second) throws IOException {
        out.clear();
        new Header(type, self, application, sequence, payloadBytes).write(out, 0);
        if (payloadBytes >= 2 * Long.BYTES) {
            out.putLong(Header.BYTES, first).putLong(Header.BYTES + Long.BYTES, second);
        }
        out.limit(Header.BYTES + payloadBytes);
        while (out.hasRemaining()) {
            channel.write(out);
        }
    }

    void write(int type, long sequence) throws IOException {
        write(type, 0, sequence, 0, 0, 0);
    }

    /** Reads a whole message, payload included, and not a byte more; its type. */
    int read() throws IOException {
        fill(Header.BYTES, 0);
        int size = Header.payloadSizeAt(in, 0);
        if (size < 0 || size > MOST_PAYLOAD_BYTES) {
            throw new IOException("a message of a measurement has at most " + MOST_PAYLOAD_BYTES + " bytes, not "
                    + Integer.toUnsignedString(size));
        }
        fill(size, Header.BYTES);
        return Header.typeAt(in, 0);
    }

    private void fill(int bytes, int at) throws IOException {
        in.limit(at + bytes).position(at);
        while (in.hasRemaining()) {
            if (channel.read(in) < 0) {
                throw new EOFException("the peer closed during a measurement");
            }
        }
    }

    /**
     * Reads a message of this type.
     *
     * @throws IOException if it is another one
     */
    void expect(int type) throws IOException {
        int found = read();
        if (found != type) {
            throw new IOException("a measurement was answered with type 0x" + Integer.toHexString(found)
                    + " instead of 0x" + Integer.toHexString(type));
        }
    }

    int application() {
        return Header.applicationAt(in, 0);
    }

    long sequence() {
        return Header.sequenceAt(in, 0);
    }

    /** Bytes of the message, header included. */
    int bytes() {
        return Header.BYTES + Header.payloadSizeAt(in, 0);
    }

    /** One of the two numbers in the payload. */
    long number(int which) throws IOException {
        if (bytes() < Header.BYTES + 2 * Long.BYTES) {
            throw new IOException("a measurement was answered without its numbers");
        }
        return in.getLong(Header.BYTES + which * Long.BYTES);
    }

    /**
     * Waits until this time, never less; if it is to be exact, the last moment without giving the carrier away.
     *
     * @throws ClosedChannelException soon after the channel was closed: the deadline ends this wait too
     */
    void await(long timeNs, boolean exactly) throws IOException {
        for (long left = timeNs - System.nanoTime(); left > 0; left = timeNs - System.nanoTime()) {
            if (Thread.interrupted()) {
                Thread.currentThread().interrupt();
                throw new InterruptedIOException("the node closed while it measured");
            }
            if (!channel.isOpen()) {
                throw new ClosedChannelException();
            }
            if (!exactly) {
                LockSupport.parkNanos(Math.min(left, LOOK_NS));
            } else if (left > SLACK_NS) {
                LockSupport.parkNanos(Math.min(left - SLACK_NS, LOOK_NS));
            } else {
                Thread.onSpinWait();
            }
        }
    }
}

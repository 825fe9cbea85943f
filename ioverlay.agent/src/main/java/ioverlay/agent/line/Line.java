package ioverlay.agent.line;

import ioverlay.api.Header;
import ioverlay.api.NodeId;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.ProtocolException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;

/**
 * A connection that carries frames both ways. Nothing on it is fine for ever; a frame that stops in its middle is not, and
 * neither is another end that does not read.
 *
 * <p><b>Threads:</b> one reads; any may write. What is written leaves on a virtual thread of the line.
 */
public final class Line implements AutoCloseable {
    /** How long the opening may take, in milliseconds. */
    public static final int OPENING_MS = 3000;

    /** How long a frame that has begun may bring nothing, in milliseconds. */
    static final int STALL_MS = 5000;

    /** How long a frame may take from its first byte to its last, in milliseconds. */
    static final int FRAME_MS = 30_000;

    private static final int BUFFER_BYTES = 16 << 10;
    private static final int FIRST = 0x8020;
    private static final int LAST = 0x802f;

    private final Socket socket;
    private final InputStream in;
    private final Outgoing outgoing;
    private final LongAdder taken;

    private Line(Socket socket, InputStream in, Outgoing outgoing, LongAdder taken) {
        this.taken = taken;
        this.socket = socket;
        this.in = in;
        this.outgoing = outgoing;
    }

    /**
     * A line over a connection, which from then on belongs to it.
     *
     * @throws IOException if it is closed already; it then is in any case
     */
    public static Line over(Socket socket) throws IOException {
        return over(socket, new LongAdder(), new LongAdder());
    }

    /**
     * The same, counted.
     *
     * @param taken where the bytes of frames that came are added
     * @param given where those of frames that left are
     */
    public static Line over(Socket socket, LongAdder taken, LongAdder given) throws IOException {
        try {
            socket.setTcpNoDelay(true);
            socket.setKeepAlive(true);
            NodeId self = NodeId.of((InetSocketAddress) socket.getLocalSocketAddress());
            InputStream in = new BufferedInputStream(socket.getInputStream(), BUFFER_BYTES);
            OutputStream out = new BufferedOutputStream(socket.getOutputStream(), BUFFER_BYTES);
            Line line = new Line(socket, in, new Outgoing(out, self, given), taken);
            line.outgoing.start("overlay-line-" + socket.getRemoteSocketAddress(), line::close);
            return line;
        } catch (IOException | IllegalArgumentException e) {
            socket.close();
            throw e instanceof IOException io ? io : new IOException("a line is an IPv4 connection", e);
        }
    }

    /**
     * The first frame, all of which must be there within {@link #OPENING_MS}.
     *
     * @throws IOException if it is not, or is none
     */
    public Frame readOpening() throws IOException {
        return read(OPENING_MS, OPENING_MS);
    }

    /**
     * The next frame.
     *
     * @param idleMs how long none may begin, in milliseconds; 0 is for ever
     * @throws EOFException if the other end has closed the line between two frames
     * @throws IOException with a sentence if the line is broken
     */
    public Frame read(int idleMs) throws IOException {
        return read(idleMs, FRAME_MS);
    }

    private Frame read(int idleMs, int wholeMs) throws IOException {
        socket.setSoTimeout(idleMs);
        byte[] header = new byte[Header.BYTES];
        header[0] = first(idleMs);
        long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(wholeMs);
        fill(header, 1, deadline);
        ByteBuffer bytes = ByteBuffer.wrap(header);
        String fault = Header.fault(bytes, 0, Frame.MAX_PAYLOAD);
        int type = Header.typeAt(bytes, 0);
        if (!fault.isEmpty()) {
            throw new ProtocolException("this is no line: " + fault);
        }
        if (type < FIRST || type > LAST) {
            throw new ProtocolException("this is no line: it began with type 0x" + Integer.toHexString(type));
        }
        byte[] payload = new byte[Header.payloadSizeAt(bytes, 0)];
        fill(payload, 0, deadline);
        taken.add(header.length + payload.length);
        long sequence = Header.sequenceAt(bytes, 0);
        return new Frame(type, (int) (sequence >>> 32), (int) sequence, payload);
    }

    private byte first(int idleMs) throws IOException {
        try {
            int first = in.read();
            if (first < 0) {
                throw new EOFException("the other end closed the line");
            }
            return (byte) first;
        } catch (SocketTimeoutException e) {
            throw new SocketTimeoutException("nothing came for " + idleMs + " ms");
        }
    }

    private void fill(byte[] bytes, int from, long deadline) throws IOException {
        int filled = from;
        while (filled < bytes.length) {
            long leftMs = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
            try {
                socket.setSoTimeout(Math.clamp(leftMs, 1, STALL_MS));
                int read = leftMs < 0 ? 0 : in.read(bytes, filled, bytes.length - filled);
                if (read < 0) {
                    throw new IOException("the other end closed the line in the middle of a frame");
                }
                if (read == 0) {
                    throw new SocketTimeoutException();
                }
                filled += read;
            } catch (SocketTimeoutException e) {
                throw new SocketTimeoutException("the other end stopped in the middle of a frame");
            }
        }
    }

    /** Has a frame written; false if too much waits already, or the line is closed. Never waits. */
    public boolean offer(Frame frame) {
        return outgoing.offer(frame);
    }

    /**
     * Has a frame written, waiting for room.
     *
     * @throws IOException if the line is closed, or the other end takes nothing for 10 s: then it is closed, too
     */
    public void put(Frame frame) throws IOException {
        outgoing.put(frame, Outgoing.MOST_BYTES);
    }

    /**
     * The same for what fills the line for a while, as bundles do: leaves room for what is urgent.
     *
     * @throws IOException as {@link #put}
     */
    public void putBulk(Frame frame) throws IOException {
        outgoing.put(frame, Outgoing.MOST_BULK_BYTES);
    }

    /** Waits until all is written, for so long at most. */
    public void flush(int millis) {
        outgoing.flush(millis);
    }

    /** Where the other end is, for the log. */
    public String peer() {
        return String.valueOf(socket.getRemoteSocketAddress()).replace("/", "");
    }

    /** Closes the connection; what was not written is lost. Idempotent. */
    @Override
    public void close() {
        outgoing.close();
        try {
            socket.close();
        } catch (IOException e) {
            // It is closed in any case, and there is nobody who could do more.
            System.getLogger(Line.class.getName()).log(System.Logger.Level.DEBUG, "a line did not close well", e);
        }
    }
}

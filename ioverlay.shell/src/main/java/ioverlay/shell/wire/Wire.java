package ioverlay.shell.wire;

import java.io.EOFException;
import java.io.IOException;
import java.net.ProtocolException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/**
 * One end of the shell's socket.
 *
 * <p><b>Threads:</b> one reads, any write, any closes.
 */
public final class Wire implements AutoCloseable {
    private static final int HEADER_BYTES = 5;

    private final SocketChannel channel;
    private final Object writing = new Object();

    /** Over a connected channel, which it then owns. */
    public Wire(SocketChannel channel) {
        this.channel = channel;
    }

    /**
     * The next frame; nothing at the end.
     *
     * @throws ProtocolException if it is none
     */
    public Optional<Frame> read() throws IOException {
        ByteBuffer header = ByteBuffer.allocate(HEADER_BYTES);
        if (!fill(header)) {
            return Optional.empty();
        }
        Kind kind = Kind.of(header.get());
        int bytes = header.getInt();
        if (kind == null || bytes < 0 || bytes > Frame.MAX_PAYLOAD) {
            throw new ProtocolException("not a frame of the shell's socket");
        }
        ByteBuffer payload = ByteBuffer.allocate(bytes);
        if (!fill(payload) && bytes > 0) {
            throw new EOFException("the connection ended within a frame");
        }
        return Optional.of(new Frame(kind, payload.array()));
    }

    private boolean fill(ByteBuffer buffer) throws IOException {
        while (buffer.hasRemaining()) {
            if (channel.read(buffer) < 0) {
                if (buffer.position() > 0) {
                    throw new EOFException("the connection ended within a frame");
                }
                return false;
            }
        }
        buffer.flip();
        return true;
    }

    /** Sends a frame; waits as long as the other end does not read. */
    public void write(Kind kind, byte[] bytes, int offset, int length) throws IOException {
        if (length > Frame.MAX_PAYLOAD) {
            throw new IllegalArgumentException("a frame has at most " + Frame.MAX_PAYLOAD + " bytes, not " + length);
        }
        ByteBuffer frame = ByteBuffer.allocate(HEADER_BYTES + length)
                .put((byte) kind.letter())
                .putInt(length)
                .put(bytes, offset, length)
                .flip();
        synchronized (writing) {
            send(frame);
        }
    }

    /**
     * A channel closes when a thread that is interrupted writes to it, and Ctrl-C interrupts whatever a shell does: so a
     * thread that nobody interrupts writes. It ends at the latest when the channel is closed.
     */
    private void send(ByteBuffer frame) throws IOException {
        FutureTask<Boolean> sending = new FutureTask<>(() -> {
            while (frame.hasRemaining()) {
                channel.write(frame);
            }
            return true;
        });
        Thread.ofVirtual().name("overlay-shell-send").start(sending);
        boolean interrupted = false;
        while (true) {
            try {
                sending.get();
                return;
            } catch (InterruptedException e) {
                interrupted = true;
            } catch (ExecutionException e) {
                throw new IOException(e.getCause());
            } finally {
                if (interrupted && sending.isDone()) {
                    Thread.currentThread().interrupt();
                }
            }
        }
    }

    /** The same with all of it. */
    public void write(Kind kind, byte[] bytes) throws IOException {
        write(kind, bytes, 0, bytes.length);
    }

    /** Says the end: an exit code, and a sentence or the empty text. */
    public void exit(int code, String sentence) throws IOException {
        byte[] text = sentence.getBytes(StandardCharsets.UTF_8);
        write(
                Kind.EXIT,
                ByteBuffer.allocate(1 + text.length).put((byte) code).put(text).array());
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}

package ioverlay.io.wire;

import ioverlay.io.shared.Clock;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channel;
import java.nio.channels.SocketChannel;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Reading and writing whole buffers, and closing what may be closed already, which also ends whoever is blocked on it. */
public final class Channels {
    private static final System.Logger LOG = System.getLogger(Channels.class.getName());

    private Channels() {}

    /** Closes it, whatever its state. */
    public static void close(@Nullable Channel channel) {
        if (channel == null) {
            return;
        }
        try {
            channel.close();
        } catch (IOException e) {
            LOG.log(System.Logger.Level.DEBUG, "closing a channel", e);
        }
    }

    /** The same after so many milliseconds, unless the answer is cancelled before. */
    public static Future<?> closeAfter(long millis, Channel channel, Clock clock) {
        return clock.after(TimeUnit.MILLISECONDS.toNanos(millis), () -> close(channel));
    }

    /** Reads until the buffer is full, and flips it; {@code meanwhile} says when the peer closed if it does. */
    static ByteBuffer fill(SocketChannel channel, ByteBuffer bytes, String meanwhile) throws IOException {
        while (bytes.hasRemaining()) {
            if (channel.read(bytes) < 0) {
                throw new EOFException("the peer closed " + meanwhile);
            }
        }
        return bytes.flip();
    }

    static void write(SocketChannel channel, ByteBuffer bytes) throws IOException {
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
    }
}

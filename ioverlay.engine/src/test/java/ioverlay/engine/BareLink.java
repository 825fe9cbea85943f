package ioverlay.engine;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;

/**
 * A connection with nothing of ours on it, read by a virtual thread: what a message takes there is what machine and load
 * cost at the least.
 */
final class BareLink implements AutoCloseable {
    private final SocketChannel sending;
    private final SocketChannel receiving;

    /** Volatile: the test begins a new round. */
    private volatile Lateness underway = new Lateness();

    BareLink() {
        try (ServerSocketChannel server = ServerSocketChannel.open()) {
            server.bind(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0));
            sending = SocketChannel.open(server.getLocalAddress());
            sending.setOption(StandardSocketOptions.TCP_NODELAY, true);
            receiving = server.accept();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Thread.ofVirtual().start(this::receive);
    }

    private void receive() {
        ByteBuffer stamp = ByteBuffer.allocate(Long.BYTES);
        try {
            while (receiving.read(stamp) >= 0) {
                if (!stamp.hasRemaining()) {
                    underway.add(System.nanoTime() - stamp.getLong(0));
                    stamp.clear();
                }
            }
        } catch (IOException e) {
            return; // closed by the test
        }
    }

    void stamp() {
        try {
            sending.write(
                    ByteBuffer.allocate(Long.BYTES).putLong(System.nanoTime()).flip());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What was measured from now on. */
    Lateness begin() {
        Lateness next = new Lateness();
        underway = next;
        return next;
    }

    @Override
    public void close() {
        try {
            sending.close();
            receiving.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

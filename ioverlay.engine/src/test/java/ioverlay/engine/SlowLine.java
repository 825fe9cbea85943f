package ioverlay.engine;

import ioverlay.api.NodeId;
import ioverlay.io.wire.Channels;
import ioverlay.io.wire.Handshake;
import ioverlay.io.wire.Hello;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.time.Duration;

/** A real line in front of a node, so slow that what is sent at once is long under way. */
final class SlowLine implements AutoCloseable {
    private static final Duration PAUSE = Duration.ofMillis(20);

    private final Answerer near;

    SlowLine(NodeId to, int bytesPerSecond) {
        int chunk = bytesPerSecond / 50;
        near = new Answerer(channel -> carry(channel, to, chunk));
    }

    /** The node, as seen through the line. */
    NodeId id() {
        return near.id();
    }

    private static void carry(SocketChannel near, NodeId to, int chunk) {
        try {
            SocketChannel far = SocketChannel.open(to.socketAddress());
            Hello answer = Handshake.dial(far, Handshake.accept(near));
            NodeId self = NodeId.of((InetSocketAddress) near.getLocalAddress());
            Hello disguised = new Hello(
                    self,
                    answer.incarnation(),
                    answer.role(),
                    answer.maxPayload(),
                    answer.dataWindow(),
                    answer.controlWindow());
            Handshake.welcome(near, disguised);
            Thread.ofVirtual().start(() -> pump(far, near, 1 << 16, Duration.ZERO));
            Thread.ofVirtual().start(() -> pump(near, far, chunk, PAUSE));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void pump(SocketChannel from, SocketChannel to, int chunk, Duration pause) {
        ByteBuffer bytes = ByteBuffer.allocate(chunk);
        try {
            while (from.read(bytes.clear()) >= 0) {
                Answerer.write(to, bytes.flip());
                if (pause.isPositive()) {
                    Await.passes(pause);
                }
            }
        } catch (IOException | UncheckedIOException e) {
            Channels.close(from); // one end is gone: so is the other
        }
        Channels.close(to);
    }

    @Override
    public void close() {
        near.close();
    }
}

package ioverlay.engine;

import ioverlay.api.Header;
import ioverlay.api.NodeId;
import ioverlay.io.wire.Channels;
import ioverlay.io.wire.Handshake;
import ioverlay.io.wire.Hello;
import ioverlay.io.wire.LinkType;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;

/** A real line in front of a node, so slow that what is sent at once is long under way; it sees what passes. */
final class SlowLine implements AutoCloseable {
    private static final Duration PAUSE = Duration.ofMillis(20);

    private final Answerer near;
    private final Queue<Integer> types = new ConcurrentLinkedQueue<>();
    private final AtomicLong suspicions = new AtomicLong();

    SlowLine(NodeId to, int bytesPerSecond) {
        int chunk = bytesPerSecond / 50;
        near = new Answerer(channel -> carry(channel, to, chunk));
    }

    /** Questions that passed, either way, whether somebody is there. */
    long suspicions() {
        return suspicions.get();
    }

    /** Messages of this type that passed, either way. */
    long passed(int type) {
        return types.stream().filter(each -> each == type).count();
    }

    /** Finds the messages in what passes one way. */
    private final class Reader {
        private final ByteBuffer header = ByteBuffer.allocate(Header.BYTES);
        private int payloadLeft;

        void read(ByteBuffer bytes) {
            while (bytes.hasRemaining()) {
                int skipped = Math.min(payloadLeft, bytes.remaining());
                bytes.position(bytes.position() + skipped);
                payloadLeft -= skipped;
                while (payloadLeft == 0 && header.hasRemaining() && bytes.hasRemaining()) {
                    header.put(bytes.get());
                }
                if (!header.hasRemaining()) {
                    int type = Header.typeAt(header, 0);
                    types.add(type);
                    suspicions.addAndGet(type == LinkType.ECHO && Header.sequenceAt(header, 0) == 0 ? 1 : 0);
                    payloadLeft = Header.payloadSizeAt(header, 0);
                    header.clear();
                }
            }
        }
    }

    /** The node, as seen through the line. */
    NodeId id() {
        return near.id();
    }

    private void carry(SocketChannel near, NodeId to, int chunk) {
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

    private void pump(SocketChannel from, SocketChannel to, int chunk, Duration pause) {
        ByteBuffer bytes = ByteBuffer.allocate(chunk);
        Reader reader = new Reader();
        try {
            while (from.read(bytes.clear()) >= 0) {
                reader.read(bytes.duplicate().flip());
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

package ioverlay.engine;

import ioverlay.api.Header;
import ioverlay.api.NodeId;
import ioverlay.io.wire.Channels;
import ioverlay.io.wire.Handshake;
import ioverlay.io.wire.Hello;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Consumer;

/** Answers every connection in the same wrong way, and keeps it open. */
final class Answerer implements AutoCloseable {
    private final ServerSocketChannel server;
    private final Thread thread;
    private final Queue<SocketChannel> channels = new ConcurrentLinkedQueue<>();

    Answerer(Consumer<SocketChannel> answer) {
        try {
            server = ServerSocketChannel.open();
            server.bind(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        thread = Thread.ofVirtual().start(() -> {
            while (server.isOpen()) {
                next(answer);
            }
        });
    }

    private void next(Consumer<SocketChannel> answer) {
        try {
            SocketChannel channel = server.accept();
            channels.add(channel);
            answer.accept(channel);
        } catch (IOException | UncheckedIOException e) {
            return; // the node has given up, or the test is over
        }
    }

    NodeId id() {
        try {
            return NodeId.of((InetSocketAddress) server.getLocalAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Connections that were taken so far. */
    int connections() {
        return channels.size();
    }

    @Override
    public void close() {
        Channels.close(server);
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        channels.forEach(Channels::close);
    }

    static void write(SocketChannel channel, ByteBuffer bytes) {
        try {
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Welcomes the link as it should. */
    static void welcome(SocketChannel channel) {
        try {
            NodeId self = NodeId.of((InetSocketAddress) channel.getLocalAddress());
            Handshake.accept(channel);
            Handshake.welcome(channel, new Hello(self, 1, Hello.NODE, Header.MAX_PAYLOAD, 1 << 16, 1 << 16));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

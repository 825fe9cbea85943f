package ioverlay.io.probe;

import ioverlay.api.Header;
import ioverlay.api.NodeId;
import ioverlay.io.wire.Channels;
import ioverlay.io.wire.Handshake;
import ioverlay.io.wire.Hello;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** Welcomes whoever measures, and then does as its script says; connections stay open to the end. */
final class Peer implements AutoCloseable {
    private final ServerSocketChannel server;
    private final Queue<SocketChannel> channels = new ConcurrentLinkedQueue<>();

    /** What it does on a connection. */
    interface Script {
        void play(SocketChannel channel, Frames frames) throws IOException;
    }

    Peer(Script script) {
        try {
            server = ServerSocketChannel.open();
            server.bind(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Thread.ofVirtual().start(() -> {
            while (server.isOpen()) {
                accept(script);
            }
        });
    }

    private void accept(Script script) {
        try {
            SocketChannel channel = server.accept();
            channels.add(channel);
            Thread.ofVirtual().start(() -> serve(channel, script));
        } catch (IOException e) {
            return; // the test is over
        }
    }

    private void serve(SocketChannel channel, Script script) {
        try {
            Handshake.accept(channel);
            Handshake.welcome(channel, hello(id()));
            script.play(channel, new Frames(channel, id()));
        } catch (IOException e) {
            return; // who measured has given up
        }
    }

    static Hello hello(NodeId node) {
        return new Hello(node, 1, Hello.PROBE, Header.MAX_PAYLOAD, 1 << 20, 1 << 18);
    }

    NodeId id() {
        try {
            return NodeId.of((InetSocketAddress) server.getLocalAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        Channels.close(server);
        channels.forEach(Channels::close);
    }
}

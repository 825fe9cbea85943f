package ioverlay.engine;

import ioverlay.api.Header;
import ioverlay.api.NodeId;
import ioverlay.io.wire.Handshake;
import ioverlay.io.wire.Hello;
import ioverlay.io.wire.LinkType;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;

/** A peer on a bare socket: welcomes a link if it is told to, gives no further credit and never answers BYE. */
final class DeafPeer implements AutoCloseable {
    private static final int WINDOW_BYTES = 64 << 10;

    private final ServerSocketChannel server;
    private SocketChannel link;

    DeafPeer() {
        try {
            server = ServerSocketChannel.open();
            server.bind(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    NodeId id() {
        try {
            return NodeId.of((InetSocketAddress) server.getLocalAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Takes one link. */
    DeafPeer welcome() {
        try {
            link = server.accept();
            Handshake.accept(link);
            Handshake.welcome(
                    link,
                    new Hello(id(), 1, Hello.NODE, Header.MAX_PAYLOAD, WINDOW_BYTES, Switch.CONTROL_WINDOW_BYTES));
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Reads so many bytes and acknowledges none. */
    void swallow(int bytes) {
        ByteBuffer into = ByteBuffer.allocate(bytes);
        try {
            while (into.hasRemaining()) {
                if (link.read(into) < 0) {
                    throw new AssertionError("the link ended after " + into.position() + " of " + bytes + " bytes");
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Says BYE, as a node does that leaves; what comes then it does not read. */
    void bye() {
        ByteBuffer header = ByteBuffer.allocate(Header.BYTES);
        new Header(LinkType.BYE, id(), 0, 0, 0).write(header, 0);
        try {
            while (header.hasRemaining()) {
                link.write(header);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** As a killed process would: the connection is reset. */
    void kill() {
        try {
            link.setOption(StandardSocketOptions.SO_LINGER, 0);
            link.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        try {
            server.close();
            if (link != null) {
                link.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

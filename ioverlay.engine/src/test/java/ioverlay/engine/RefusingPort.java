package ioverlay.engine;

import ioverlay.api.NodeId;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;

/** An address of nobody: its port is taken, so that no other process gets it, but nobody listens there. */
final class RefusingPort implements AutoCloseable {
    private final Socket bound = new Socket();

    RefusingPort() {
        try {
            bound.setReuseAddress(true);
            bound.bind(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    NodeId id() {
        return NodeId.of((InetSocketAddress) bound.getLocalSocketAddress());
    }

    int port() {
        return bound.getLocalPort();
    }

    @Override
    public void close() {
        try {
            bound.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

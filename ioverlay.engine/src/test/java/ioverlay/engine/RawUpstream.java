package ioverlay.engine;

import ioverlay.api.Header;
import ioverlay.api.NodeId;
import ioverlay.io.wire.Handshake;
import ioverlay.io.wire.Hello;
import ioverlay.io.wire.LinkType;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;

/** An upstream on a bare socket that does only what a test tells it. */
final class RawUpstream implements AutoCloseable {
    private final SocketChannel link;

    /** Connects, and says nothing yet. */
    RawUpstream(Node to) {
        try {
            link = SocketChannel.open(to.id().socketAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Opens the link. */
    RawUpstream greet(NodeId self) {
        try {
            Handshake.dial(
                    link, new Hello(self, 1, Hello.NODE, Header.MAX_PAYLOAD, 1 << 20, Switch.CONTROL_WINDOW_BYTES));
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Reads the way back until BYE comes; false if the link ends first. */
    boolean hearsBye() {
        ByteBuffer header = ByteBuffer.allocate(Header.BYTES);
        try {
            do {
                header.clear();
                while (header.hasRemaining()) {
                    if (link.read(header) < 0) {
                        return false;
                    }
                }
                for (int skip = Header.payloadSizeAt(header, 0); skip > 0; ) {
                    int read = link.read(ByteBuffer.allocate(skip));
                    if (read < 0) {
                        return false;
                    }
                    skip -= read;
                }
            } while (Header.typeAt(header, 0) != LinkType.BYE);
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    @Override
    public void close() {
        try {
            link.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

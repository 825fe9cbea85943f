package ioverlay.engine;

import ioverlay.api.Header;
import ioverlay.api.NodeId;
import ioverlay.io.wire.Channels;
import ioverlay.io.wire.Handshake;
import ioverlay.io.wire.Hello;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** A peer that speaks the wire by hand over a bare socket, and does not keep to its rules. */
final class RawPeer implements AutoCloseable {
    private static final int PATIENCE_MS = 20_000;

    private final SocketChannel channel;
    private final NodeId id;

    private RawPeer(SocketChannel channel, NodeId id) {
        this.channel = channel;
        this.id = id;
    }

    /** Connects and says nothing. */
    static RawPeer connect(NodeId to) {
        return connect(to, 64 << 10);
    }

    static RawPeer connect(NodeId to, int receiveBufferBytes) {
        try {
            SocketChannel channel = SocketChannel.open();
            channel.setOption(StandardSocketOptions.SO_RCVBUF, receiveBufferBytes);
            channel.connect(to.socketAddress());
            channel.socket().setSoTimeout(PATIENCE_MS);
            return new RawPeer(channel, NodeId.of((InetSocketAddress) channel.getLocalAddress()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Opens a link as a node would. */
    static RawPeer link(NodeId to) {
        return connect(to).introduce();
    }

    Hello hello() {
        return hello(Hello.NODE);
    }

    private Hello hello(byte role) {
        return new Hello(id, 1, role, Header.MAX_PAYLOAD, 1 << 20, 1 << 18);
    }

    RawPeer introduce() {
        return introduceAs(Hello.NODE);
    }

    /** As another one. */
    RawPeer introduceAs(NodeId other) {
        try {
            Handshake.dial(channel, new Hello(other, 1, Hello.NODE, Header.MAX_PAYLOAD, 1 << 20, 1 << 18));
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    RawPeer introduceAs(byte role) {
        try {
            Handshake.dial(channel, hello(role));
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Introduces itself; false if the other side will not have it. */
    boolean isWelcome() {
        try {
            Handshake.dial(channel, hello());
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    SocketChannel channel() {
        return channel;
    }

    NodeId id() {
        return id;
    }

    /** Writes all of it; false if the other side has closed. */
    boolean says(ByteBuffer bytes) {
        try {
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    boolean says(byte[] bytes) {
        return says(ByteBuffer.wrap(bytes));
    }

    /** Says one byte after the other with a pause between, until the other side has closed; how many it said. */
    int trickles(ByteBuffer bytes, Duration pause) {
        int said = 0;
        while (bytes.hasRemaining() && says(ByteBuffer.wrap(new byte[] {bytes.get()}))) {
            said++;
            Await.passes(pause);
        }
        return said;
    }

    /** Reads until the other side closes or resets the connection. */
    void readsToTheEnd() {
        readsAll();
    }

    /** The same, with what came, byte by byte a character. */
    String readsAll() {
        byte[] bytes = new byte[8192];
        StringBuilder all = new StringBuilder();
        try {
            for (int read = 0;
                    read >= 0;
                    read = channel.socket().getInputStream().read(bytes)) {
                all.append(new String(bytes, 0, read, StandardCharsets.ISO_8859_1));
            }
        } catch (SocketTimeoutException e) {
            throw new AssertionError("the connection was not closed within " + PATIENCE_MS + " ms", e);
        } catch (IOException e) {
            return all.toString(); // reset: that is an end, too
        }
        return all.toString();
    }

    /** Says that nothing follows, and stays to listen. */
    void closesItsSide() {
        try {
            channel.shutdownOutput();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        Channels.close(channel);
    }
}

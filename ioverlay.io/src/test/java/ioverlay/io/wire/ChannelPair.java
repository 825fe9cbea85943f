package ioverlay.io.wire;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;

/** Two ends of one connection on loopback. */
public record ChannelPair(SocketChannel dialled, SocketChannel accepted) implements AutoCloseable {
    public static ChannelPair open() throws IOException {
        return open(256 << 10);
    }

    /** With little memory in the kernel, so that a writer soon finds no room. */
    public static ChannelPair open(int socketBufferBytes) throws IOException {
        try (ServerSocketChannel server = ServerSocketChannel.open()) {
            server.setOption(StandardSocketOptions.SO_RCVBUF, socketBufferBytes);
            server.bind(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0));
            SocketChannel dialled = SocketChannel.open();
            dialled.setOption(StandardSocketOptions.SO_SNDBUF, socketBufferBytes);
            dialled.connect(server.getLocalAddress());
            return new ChannelPair(dialled, server.accept());
        }
    }

    @Override
    public void close() throws IOException {
        dialled.close();
        accepted.close();
    }
}

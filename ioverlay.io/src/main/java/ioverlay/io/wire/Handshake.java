package ioverlay.io.wire;

import ioverlay.api.Header;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;

/**
 * The opening of a link over a channel in blocking mode. It reads exactly the opening message and not a byte more.
 *
 * <p>Nothing here ends by itself if the peer is silent: the caller closes the channel at its deadline.
 */
public final class Handshake {
    private static final int MOST_OPENING_BYTES = 1024;

    private Handshake() {}

    /**
     * The dialler's side.
     *
     * @return the acceptor's answer
     * @throws IOException if the connection broke, or the peer refused or is none of ours: a sentence says which
     */
    public static Hello dial(SocketChannel channel, Hello mine) throws IOException {
        Channels.write(channel, mine.encode(LinkType.HELLO));
        return read(channel, LinkType.WELCOME);
    }

    /**
     * The acceptor's side, first half: what the dialler says of itself.
     *
     * @throws IOException as {@link #dial}
     */
    public static Hello accept(SocketChannel channel) throws IOException {
        return read(channel, LinkType.HELLO);
    }

    /** The acceptor's side, second half. */
    public static void welcome(SocketChannel channel, Hello mine) throws IOException {
        Channels.write(channel, mine.encode(LinkType.WELCOME));
    }

    /** The acceptor's other answer; best effort, since the peer may be gone. */
    public static void refuse(SocketChannel channel, Hello mine, String sentence) throws IOException {
        byte[] text = sentence.getBytes(StandardCharsets.UTF_8);
        int size = Math.min(text.length, MOST_OPENING_BYTES - Header.BYTES);
        ByteBuffer bytes = ByteBuffer.allocate(Header.BYTES + size);
        new Header(LinkType.REFUSED, mine.node(), 0, 0, size).write(bytes, 0);
        bytes.position(Header.BYTES).put(text, 0, size);
        Channels.write(channel, bytes.flip());
    }

    private static Hello read(SocketChannel channel, int expected) throws IOException {
        ByteBuffer header = fill(channel, Header.BYTES);
        int type = Header.typeAt(header, 0);
        if (type >>> 8 == 0x16) {
            throw new IOException("the peer speaks TLS, this port does not");
        }
        int size = Header.payloadSizeAt(header, 0);
        if ((type != expected && type != LinkType.REFUSED) || size < 0 || size > MOST_OPENING_BYTES - Header.BYTES) {
            throw new IOException("a link opens with a message of type 0x" + Integer.toHexString(expected)
                    + " and at most "
                    + (MOST_OPENING_BYTES - Header.BYTES) + " bytes of payload, not type 0x" + Integer.toHexString(type)
                    + " and " + Integer.toUnsignedString(size) + " bytes");
        }
        ByteBuffer payload = fill(channel, size);
        if (type == LinkType.REFUSED) {
            throw new IOException("the peer refused: " + StandardCharsets.UTF_8.decode(payload));
        }
        return Hello.decode(payload);
    }

    private static ByteBuffer fill(SocketChannel channel, int bytes) throws IOException {
        return Channels.fill(channel, ByteBuffer.allocate(bytes), "before the link was open");
    }
}

package ioverlay.engine;

import ioverlay.api.Header;
import ioverlay.api.NodeId;
import ioverlay.engine.wire.Credit;
import ioverlay.engine.wire.LinkType;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;

/**
 * The way back on an accepted link: credit, and BYE. Written by the turn on a channel in blocking mode, which cannot
 * block as long as the sender reads: credit is renewed by halves of a window, so a sender that has not read one credit
 * cannot earn the one after the next. What it must have read is proven by what it sends beyond an earlier limit.
 *
 * <p><b>Threads:</b> the turn; {@link #condemn} and {@link #verdict} any.
 */
final class Reverse {
    /** Credits that fit into the socket's buffer with room to spare. */
    private static final int MOST_UNPROVEN = 1024;

    private final Runnable deaf;
    private final SocketChannel channel;
    private final NodeId self;
    private final ByteBuffer bytes = ByteBuffer.allocateDirect(Credit.BYTES);
    private int unproven;

    /** Volatile: whoever ends the link says why, the link's thread reports it. */
    private volatile String verdict = "";

    Reverse(Runnable deaf, SocketChannel channel, NodeId self) {
        this.deaf = deaf;
        this.channel = channel;
        this.self = self;
    }

    void credit(int type, Credit credit) {
        if (++unproven > MOST_UNPROVEN) {
            deaf.run();
            return;
        }
        bytes.clear();
        credit.write(bytes, type, self);
        write();
    }

    /** The sender has used a credit, so it reads. */
    void proven() {
        unproven = 0;
    }

    /** Asks the sender to leave; credit still follows for what it has sent. */
    void bye() {
        bytes.clear();
        new Header(LinkType.BYE, self, 0, 0, 0).write(bytes, 0);
        bytes.position(Header.BYTES);
        write();
    }

    private void write() {
        bytes.flip();
        try {
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
        } catch (IOException e) {
            condemn("cannot be answered: " + e.getMessage());
            Channels.close(channel);
        }
    }

    void condemn(String sentence) {
        verdict = sentence;
    }

    String verdict() {
        return verdict;
    }
}

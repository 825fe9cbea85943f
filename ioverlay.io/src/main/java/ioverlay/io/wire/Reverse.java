package ioverlay.io.wire;

import ioverlay.api.Header;
import ioverlay.api.NodeId;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.security.SecureRandom;

/**
 * The way back on an accepted link: credit, answers, and BYE. Written by the turn and, for answers, by the link's thread on a channel in blocking mode, which does not
 * block as long as the sender reads. That it does must be proven, since it can send on without: every now and then it is
 * asked to repeat a number that it cannot guess, and it loses the link before the socket's buffer could be full.
 *
 * <p><b>Threads:</b> the turn; {@link #answered} and {@link #repeat} from the link's; {@link #condemn} and {@link #verdict} any.
 */
public final class Reverse {
    /** Credits that fit into the socket's buffer with room to spare, and more than an honest sender has under way. */
    public static final int MOST_UNPROVEN = 4096;

    private static final int ASK_AFTER = 256;
    private static final SecureRandom NUMBERS = new SecureRandom();

    private final Runnable deaf;
    private final SocketChannel channel;
    private final NodeId self;
    private final ByteBuffer bytes = ByteBuffer.allocateDirect(Credit.BYTES);

    /** Credits that may not have been read. */
    private int unproven;

    /** Those of them that were written before the question; 0 while none is out. */
    private int asked;

    /** Volatile: the turn asks, the link's thread compares. */
    private volatile long number;

    private volatile boolean answered;

    /** Volatile: whoever ends the link says why, the link's thread reports it. */
    private volatile String verdict = "";

    public Reverse(Runnable deaf, SocketChannel channel, NodeId self) {
        this.deaf = deaf;
        this.channel = channel;
        this.self = self;
    }

    public synchronized void credit(int type, Credit credit) {
        if (mayBeRead()) {
            bytes.clear();
            credit.write(bytes, type, self);
            write();
            askIfDue();
        }
    }

    /** One more word will be read as far as can be told; else its last messages are taken, but it is no longer told. */
    private boolean mayBeRead() {
        if (answered) {
            answered = false;
            unproven -= asked;
            asked = 0;
        }
        if (unproven == MOST_UNPROVEN) {
            return false;
        }
        if (++unproven == MOST_UNPROVEN) {
            deaf.run();
            return false;
        }
        return true;
    }

    private void askIfDue() {
        if (asked == 0 && unproven >= ASK_AFTER) {
            ask();
        }
    }

    /** The sender asks whether somebody is there; whatever the turn is at, the link's thread answers. */
    public synchronized void repeat(long its) {
        if (mayBeRead()) {
            say(LinkType.ECHO_REPLY, its);
            askIfDue();
        }
    }

    /** Asks whether the sender is there: whatever comes is the answer. */
    public synchronized void suspect() {
        if (mayBeRead()) {
            say(LinkType.ECHO, 0);
        }
    }

    private void ask() {
        asked = unproven;
        number = NUMBERS.nextLong();
        say(LinkType.ECHO, number);
    }

    /** The sender repeats a number; another than that it was asked for proves nothing. */
    public void answered(long repeated) {
        if (repeated == number) {
            answered = true;
        }
    }

    /** Asks the sender to leave; credit still follows for what it has sent. */
    public synchronized void bye() {
        say(LinkType.BYE, 0);
    }

    private void say(int type, long sequence) {
        bytes.clear();
        new Header(type, self, 0, sequence, 0).write(bytes, 0);
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

    public void condemn(String sentence) {
        verdict = sentence;
    }

    public String verdict() {
        return verdict;
    }
}

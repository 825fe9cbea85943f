package ioverlay.container.shadow;

import ioverlay.api.Header;
import ioverlay.api.Message;
import ioverlay.api.NodeId;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;

/**
 * A copied message as the shadow sees it: valid as long as the engine's would be, so that touching it too late shows.
 *
 * <p><b>Threads:</b> the shadow's.
 */
final class Lent implements Message {
    private final Message copy;
    private final Optional<Message> subject;
    private final Staged staged;
    private boolean over;

    Lent(Message copy, Optional<Message> subject, Staged staged) {
        this.copy = copy;
        this.subject = subject;
        this.staged = staged;
    }

    /** What is behind it, for comparing. */
    Message copied() {
        return copy;
    }

    /** From now on every touch throws. */
    void end() {
        over = true;
    }

    private Message valid() {
        if (over) {
            throw new IllegalStateException(
                    "the message went back to the engine when process returned DONE; hold it or copy it to keep it");
        }
        return copy;
    }

    @Override
    public Header header() {
        return valid().header();
    }

    @Override
    public int type() {
        return valid().type();
    }

    @Override
    public NodeId sender() {
        return valid().sender();
    }

    @Override
    public int application() {
        return valid().application();
    }

    @Override
    public long sequence() {
        return valid().sequence();
    }

    @Override
    public int payloadSize() {
        return valid().payloadSize();
    }

    @Override
    public ByteBuffer payload() {
        return valid().payload();
    }

    @Override
    public MemorySegment segment() {
        return valid().segment();
    }

    @Override
    public NodeId from() {
        return copy.from(); // as the engine's, which knows it without its memory
    }

    @Override
    public Optional<Message> subject() {
        return subject;
    }

    @Override
    public List<Message> sources() {
        return List.of();
    }

    @Override
    public Message copy() {
        return valid().copy();
    }

    @Override
    public void release() {
        valid();
        staged.release(this);
    }

    @Override
    public String toString() {
        return over ? "message that went back to the engine" : copy.toString();
    }
}

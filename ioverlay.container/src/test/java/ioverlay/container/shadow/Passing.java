package ioverlay.container.shadow;

import ioverlay.api.Message;
import ioverlay.api.NodeId;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.util.Optional;

/** A message that is valid for one call only, as the engine's are. */
final class Passing implements Message {
    private final Message content;
    private final Optional<Message> subject;
    private boolean over;

    Passing(Message content) {
        this(content, Optional.empty());
    }

    Passing(Message content, Optional<Message> subject) {
        this.content = content;
        this.subject = subject;
    }

    void end() {
        over = true;
    }

    private Message valid() {
        if (over) {
            throw new IllegalStateException("touched too late");
        }
        return content;
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
        return valid().from();
    }

    @Override
    public Optional<Message> subject() {
        return subject;
    }

    @Override
    public void release() {
        valid();
    }
}

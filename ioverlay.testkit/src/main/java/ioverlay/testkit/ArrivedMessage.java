package ioverlay.testkit;

import ioverlay.api.Header;
import ioverlay.api.Message;
import ioverlay.api.NodeId;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** A message of the engine's, as an algorithm sees it: once it is given back every touch throws. */
final class ArrivedMessage implements Message {
    private final Views views;
    private final Header header;
    private final NodeId from;
    private final @Nullable StagedCall call;
    private byte @Nullable [] bytes;

    /**
     * Takes a copy.
     *
     * @param call where its release is staged; null for one that cannot be held
     */
    ArrivedMessage(Views views, Message message, NodeId from, @Nullable StagedCall call) {
        this.views = views;
        this.header = message.header();
        this.from = from;
        this.call = call;
        byte[] copy = new byte[message.payloadSize()];
        message.payload().get(copy);
        this.bytes = copy;
    }

    private byte[] bytes() {
        byte[] mine = bytes;
        if (mine == null) {
            throw new IllegalStateException(
                    "the message went back to the engine when process returned DONE; hold it or copy it to keep it");
        }
        return mine;
    }

    /** From now on every touch throws. */
    void end() {
        bytes = null;
    }

    @Override
    public Header header() {
        bytes();
        return header;
    }

    @Override
    public int type() {
        return header().type();
    }

    @Override
    public NodeId sender() {
        return header().sender();
    }

    @Override
    public int application() {
        return header().application();
    }

    @Override
    public long sequence() {
        return header().sequence();
    }

    @Override
    public int payloadSize() {
        return bytes().length;
    }

    @Override
    public ByteBuffer payload() {
        return segment().asByteBuffer();
    }

    @Override
    public MemorySegment segment() {
        return views.of(bytes());
    }

    @Override
    public NodeId from() {
        bytes();
        return from;
    }

    @Override
    public void release() {
        bytes();
        if (call != null) {
            call.release(this);
        }
    }

    @Override
    public String toString() {
        return bytes == null ? "message that went back to the engine" : "message " + header;
    }
}

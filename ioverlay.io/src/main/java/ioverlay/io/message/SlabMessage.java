package ioverlay.io.message;

import ioverlay.api.Header;
import ioverlay.api.Message;
import ioverlay.api.NodeId;
import ioverlay.io.memory.Slab;
import ioverlay.io.memory.Views;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A message in a slab, as an algorithm or application sees it. Never recycled: the engine takes the slab away when the
 * message is done, and every later touch throws.
 *
 * <p><b>Threads:</b> the call it was made for.
 */
public final class SlabMessage implements Message {
    private final Views views;
    private final NodeId from;
    private final @Nullable Supplier<Call> call;
    private @Nullable Slab slab;
    private int at;

    public SlabMessage(Views views, Slab slab, int at, NodeId from, @Nullable Supplier<Call> call) {
        this.views = views;
        this.slab = slab;
        this.at = at;
        this.from = from;
        this.call = call;
    }

    /** The memory; whoever keeps it beyond the call retains it. */
    public Slab slab() {
        Slab mine = slab;
        if (mine == null) {
            throw new IllegalStateException(
                    "the message went back to the engine when process returned DONE; hold it or copy it to keep it");
        }
        return mine;
    }

    public int at() {
        return at;
    }

    /** Header and payload, in bytes. */
    public int bytes() {
        return Header.BYTES + payloadSize();
    }

    /** From now on every touch throws. */
    public void end() {
        slab = null;
    }

    /** The same message in other memory; handles are relocatable because only the turn touches them. */
    public void move(Slab to, int newAt) {
        slab = to;
        at = newAt;
    }

    @Override
    public int type() {
        return Header.typeAt(slab().buffer(), at);
    }

    @Override
    public NodeId sender() {
        return Header.senderAt(slab().buffer(), at);
    }

    @Override
    public int application() {
        return Header.applicationAt(slab().buffer(), at);
    }

    @Override
    public long sequence() {
        return Header.sequenceAt(slab().buffer(), at);
    }

    @Override
    public int payloadSize() {
        return Header.payloadSizeAt(slab().buffer(), at);
    }

    @Override
    public ByteBuffer payload() {
        return segment().asByteBuffer();
    }

    @Override
    public MemorySegment segment() {
        return views.of(slab(), at + Header.BYTES, payloadSize());
    }

    @Override
    public NodeId from() {
        return from;
    }

    @Override
    public void release() {
        slab();
        if (call != null) {
            call.get().release(this);
        }
    }

    @Override
    public String toString() {
        return slab == null ? "message that went back to the engine" : "message " + header();
    }
}

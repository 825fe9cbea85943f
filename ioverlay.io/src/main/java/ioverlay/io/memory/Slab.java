package ioverlay.io.memory;

import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * A piece of memory that holds messages back to back. A receiver fills it, the node's queues refer to ranges of it, and
 * it goes back to its pool with the last reference.
 *
 * <p><b>Threads:</b> bytes are written by one owner before it hands a range on through a queue; afterwards they are only
 * read. The count of references is atomic.
 */
public final class Slab {
    /** Whether released memory is poisoned, so that a use after release is seen: {@code -Doverlay.guard=true}. */
    static final boolean GUARD = Boolean.getBoolean("overlay.guard");

    private static final byte POISON = (byte) 0xdb;

    private final ByteBuffer buffer;
    private final MemorySegment segment;
    private final @Nullable SlabPool home;
    private final AtomicInteger references = new AtomicInteger(1);

    Slab(ByteBuffer buffer, @Nullable SlabPool home) {
        this.buffer = buffer;
        this.segment = MemorySegment.ofBuffer(buffer);
        this.home = home;
    }

    /** A slab of its own on the heap, for one message; the collector takes it back. */
    public static Slab onHeap(int bytes) {
        return new Slab(ByteBuffer.allocate(bytes), null);
    }

    /** A slab of its own outside the heap, for an owner that fills it again and again. */
    public static Slab ofOwner(int bytes) {
        return new Slab(ByteBuffer.allocateDirect(bytes), null);
    }

    /** The bytes; only absolute access, since the position is shared. */
    public ByteBuffer buffer() {
        return buffer;
    }

    MemorySegment segment() {
        return segment;
    }

    /** Bytes it can hold. */
    public int capacity() {
        return buffer.capacity();
    }

    /** A fresh view of the range, to write from or to. */
    public ByteBuffer range(int from, int to) {
        return buffer.duplicate().limit(to).position(from);
    }

    /** Whether the caller's reference is the only one, so that it may be filled again in place. */
    public boolean isReusable() {
        return references.get() == 1 && buffer.isDirect(); // a view of heap memory does not end, so that stays as it is
    }

    /** One more reference. */
    public void retain() {
        references.incrementAndGet();
    }

    /** One reference less; the last one gives the slab back. */
    public void release() {
        int left = references.decrementAndGet();
        if (left == 0) {
            poison(0, capacity());
            if (home != null) {
                home.giveBack(this);
            }
        } else if (left < 0) {
            throw new IllegalStateException("a slab was released more often than it was retained");
        }
    }

    /** With the guard on, overwrites what nobody refers to any more. */
    public void poison(int from, int to) {
        if (GUARD) {
            segment.asSlice(from, to - from).fill(POISON);
        }
    }

    void reuse() {
        references.set(1);
    }
}

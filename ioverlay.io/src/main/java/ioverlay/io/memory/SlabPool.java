package ioverlay.io.memory;

import java.nio.ByteBuffer;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The slabs of one container: reused last in, first out, so that they are still in the cache, up to a limit. Beyond the
 * limit a message gets heap memory of its exact size, so that a node never waits for memory; how much that can be is
 * bounded by the windows of the links.
 *
 * <p><b>Threads:</b> any; lock-free.
 */
public final class SlabPool {
    /** Bytes of one slab: two large messages of 64 KB would not fit, twenty-five of 5 KB do. */
    public static final int SLAB_BYTES = 128 << 10;

    /** The default limit, in bytes. */
    public static final long DEFAULT_LIMIT_BYTES = 128L << 20;

    private final ConcurrentLinkedDeque<Slab> free = new ConcurrentLinkedDeque<>();
    private final AtomicLong allocatedBytes = new AtomicLong();
    private final long limitBytes;

    /**
     * An empty pool.
     *
     * @param limitBytes the most direct memory that it allocates
     */
    public SlabPool(long limitBytes) {
        this.limitBytes = limitBytes;
    }

    /** A slab of {@link #SLAB_BYTES}, or of heap memory of {@code atLeast} bytes if the pool is at its limit. */
    public Slab take(int atLeast) {
        if (atLeast > SLAB_BYTES) {
            return Slab.onHeap(atLeast);
        }
        Slab slab = free.pollFirst();
        if (slab != null) {
            slab.reuse();
            return slab;
        }
        if (allocatedBytes.addAndGet(SLAB_BYTES) > limitBytes) {
            allocatedBytes.addAndGet(-SLAB_BYTES);
            return Slab.onHeap(atLeast);
        }
        return new Slab(ByteBuffer.allocateDirect(SLAB_BYTES), this);
    }

    void giveBack(Slab slab) {
        free.addFirst(slab);
    }

    /** Direct memory allocated so far, in bytes. */
    public long allocatedBytes() {
        return allocatedBytes.get();
    }

    /** Direct memory that waits to be used again, in bytes. */
    public long freeBytes() {
        return (long) free.size() * SLAB_BYTES;
    }
}

package ioverlay.io.memory;

import ioverlay.api.Header;
import java.io.IOException;
import java.nio.channels.SocketChannel;

/**
 * The memory that one link reads into. An idle link holds a few KB of its own; with traffic it takes a slab, which it
 * fills again in place as long as nobody refers to it, so that it stays in the cache; a message larger than a slab gets
 * memory of its size.
 *
 * <p><b>Threads:</b> the link's.
 */
public final class Arrivals implements AutoCloseable {
    private static final int IDLE_BYTES = 4 << 10;
    private static final int GROWTH = 4;
    private static final int LEAST_ROOM_BYTES = 2 << 10;

    /** Where the pool is at its limit, a link goes on with heap memory of this size. */
    private static final int LEAST_SLAB_BYTES = 16 << 10;

    private final SlabPool pool;
    private final Slab idle = Slab.ofOwner(IDLE_BYTES);
    private Slab slab = idle;
    private int from;
    private int to;
    private int lastRead;

    /** Memory for one link; what it needs beyond the idle buffer comes from the pool. */
    public Arrivals(SlabPool pool) {
        this.pool = pool;
    }

    /** What was read last is in. */
    public Slab slab() {
        return slab;
    }

    /** The first byte that is not yet part of a message handed on. */
    public int from() {
        return from;
    }

    /** The byte after the last one read. */
    public int to() {
        return to;
    }

    /** Whether a message has begun and not ended. */
    public boolean hasPart() {
        return to > from;
    }

    /** Bytes of a message that has begun and not ended. */
    public int part() {
        return to - from;
    }

    /**
     * Reads once, blocking; how many bytes came, or -1 at the end of the stream.
     *
     * @throws IOException if the channel cannot be read
     */
    public int read(SocketChannel channel) throws IOException {
        makeRoom();
        lastRead = channel.read(slab.range(to, slab.capacity()));
        to += Math.max(0, lastRead);
        return lastRead;
    }

    /** Everything before this byte was handed on. */
    public void parsed(int upTo) {
        from = upTo;
    }

    private void makeRoom() {
        int part = to - from;
        boolean reusable = slab.isReusable();
        if (part == 0) {
            if (reusable) {
                slab.poison(0, to);
                from = 0;
                to = 0;
                rest();
            } else if (slab.capacity() - to < LEAST_ROOM_BYTES) {
                move(0, 0);
            }
            return;
        }
        int need = part < Header.BYTES ? Header.BYTES : Header.BYTES + Header.payloadSizeAt(slab.buffer(), from);
        if (reusable && from > 0 && need <= slab.capacity()) {
            slab.buffer().put(0, slab.buffer(), from, part);
            from = 0;
            to = part;
        }
        boolean tooShort = part < Header.BYTES && slab.capacity() - to < LEAST_ROOM_BYTES;
        if (tooShort || (from + need > slab.capacity() && !mayGoOn(need))) {
            move(grown(need, part), part);
        }
    }

    /** A message larger than a slab gets memory as it comes, not as it is announced. */
    private boolean mayGoOn(int need) {
        return need > SlabPool.SLAB_BYTES
                && from == 0
                && slab.capacity() >= SlabPool.SLAB_BYTES
                && to < slab.capacity();
    }

    private static int grown(int need, int part) {
        return need <= SlabPool.SLAB_BYTES ? need : Math.min(need, Math.max(SlabPool.SLAB_BYTES, GROWTH * part));
    }

    /** With little to read and nothing pending, the slab goes back to the pool. */
    private void rest() {
        boolean busy = lastRead >= LEAST_ROOM_BYTES;
        if (slab == idle && busy) {
            slab = pool.take(LEAST_SLAB_BYTES);
        } else if (slab != idle && !busy && idle.isReusable()) {
            slab.release();
            slab = idle;
        }
    }

    private void move(int need, int part) {
        Slab next = pool.take(Math.max(need, LEAST_SLAB_BYTES));
        next.buffer().put(0, slab.buffer(), from, part);
        if (slab != idle) {
            slab.release();
        }
        slab = next;
        from = 0;
        to = part;
    }

    /** Gives the memory back, once nobody refers to it. */
    @Override
    public void close() {
        if (slab != idle) {
            slab.release();
        }
    }
}

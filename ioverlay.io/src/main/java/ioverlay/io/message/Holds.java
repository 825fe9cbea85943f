package ioverlay.io.message;

import ioverlay.api.Message;
import ioverlay.io.memory.Slab;
import ioverlay.io.memory.SlabPool;
import java.util.LinkedHashSet;
import java.util.List;

/**
 * The messages that a slot holds, bounded by the memory they pin. A small message is copied out of its slab at once; a
 * larger one when what is held pins more than {@value #MOST_WASTE} times its own size.
 *
 * <p><b>Threads:</b> the turn.
 */
public final class Holds {
    private static final int SMALL_BYTES = 1 << 10;
    private static final int MOST_WASTE = 4;

    private final int limitBytes;
    private final LinkedHashSet<SlabMessage> held = new LinkedHashSet<>();
    private final LinkedHashSet<SlabMessage> inSlabs = new LinkedHashSet<>();
    private long bytes;
    private long slabBytes;

    public Holds(int limitBytes) {
        this.limitBytes = limitBytes;
    }

    /** Keeps the message; it brings its own reference to the slab. */
    public void hold(SlabMessage message) {
        if (!held.add(message)) {
            return;
        }
        int size = message.bytes();
        bytes += size;
        message.slab().retain();
        if (size < SMALL_BYTES || !message.slab().buffer().isDirect()) {
            copyOut(message);
        } else {
            inSlabs.add(message);
            slabBytes += size;
            thin();
        }
    }

    /** Each message may pin a whole slab: copies the oldest out until that is no waste. */
    private void thin() {
        while (!inSlabs.isEmpty() && pinned() > limitBytes && pinned() > MOST_WASTE * slabBytes) {
            SlabMessage oldest = inSlabs.removeFirst();
            slabBytes -= oldest.bytes();
            copyOut(oldest);
        }
    }

    private long pinned() {
        return (long) inSlabs.size() * SlabPool.SLAB_BYTES; // at worst, each in one of its own
    }

    private static void copyOut(SlabMessage message) {
        Slab old = message.slab();
        int size = message.bytes();
        Slab own = Slab.onHeap(size);
        own.buffer().put(0, old.buffer(), message.at(), size);
        message.move(own, 0);
        old.release();
    }

    /** Lets the message go, if it is held. */
    public void release(Message message) {
        if (message instanceof SlabMessage mine && held.remove(mine)) {
            bytes -= mine.bytes();
            if (inSlabs.remove(mine)) {
                slabBytes -= mine.bytes();
            }
            mine.slab().release();
            mine.end();
        }
    }

    public boolean contains(SlabMessage message) {
        return held.contains(message);
    }

    /** Whether the oldest must be handed back. */
    public boolean isOverfull() {
        return bytes > limitBytes;
    }

    public SlabMessage oldest() {
        return held.getFirst();
    }

    public int count() {
        return held.size();
    }

    public long bytes() {
        return bytes;
    }

    public List<Message> all() {
        return List.copyOf(held);
    }

    public void clear() {
        for (Message message : all()) {
            release(message);
        }
    }
}

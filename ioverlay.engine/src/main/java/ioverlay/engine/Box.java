package ioverlay.engine;

import ioverlay.io.memory.Slab;
import ioverlay.io.message.Origin;
import ioverlay.io.message.Waiter;
import java.util.ArrayDeque;

/**
 * A bounded queue towards one destination, for one application: a link's, or the local application's. What finds no
 * room waits in order, charged to its origin; what comes later queues behind it, so that order holds per box.
 *
 * <p><b>Threads:</b> the turn.
 */
abstract sealed class Box permits Outbox, SeatBox {
    private final ArrayDeque<Waiter> waiters = new ArrayDeque<>();
    private long skipped;
    private long abandonedBytes;

    /** Whether one more message may be appended. */
    abstract boolean hasRoom();

    /** Appends a message; takes its own reference to the slab. */
    abstract void append(Slab slab, int at, int bytes);

    /** Appends the message if there is room and nobody waits before it. */
    final boolean offer(Slab slab, int at, int bytes) {
        if (!waiters.isEmpty() || !hasRoom()) {
            return false;
        }
        append(slab, at, bytes);
        return true;
    }

    /** Lets the message wait. */
    final void await(Slab slab, int at, int bytes, Origin origin) {
        slab.retain();
        waiters.addLast(new Waiter(slab, at, bytes, origin));
        origin.waits(bytes);
    }

    /** Moves waiting messages in as far as there is room. */
    final void admit() {
        while (!waiters.isEmpty() && hasRoom()) {
            Waiter next = waiters.removeFirst();
            append(next.slab, next.at, next.bytes);
            next.slab.release();
            next.origin.went(next.bytes);
        }
    }

    /** Whether a message waits. */
    final boolean isAwaited() {
        return !waiters.isEmpty();
    }

    final void skip() {
        skipped++;
    }

    /** Live messages that found no room. */
    final long skipped() {
        return skipped;
    }

    /** The destination is gone: lets everything go that waits, and says how many messages that were. */
    final int abandon() {
        int lost = waiters.size();
        while (!waiters.isEmpty()) {
            Waiter next = waiters.removeFirst();
            next.slab.release();
            next.origin.went(next.bytes);
            abandonedBytes += next.bytes;
        }
        return lost;
    }

    /** Bytes of what waited and was let go. */
    final long abandonedBytes() {
        return abandonedBytes;
    }
}

package ioverlay.engine;

import ioverlay.io.memory.Range;
import ioverlay.io.memory.Slab;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * What waits to be consumed by a local application.
 *
 * <p><b>Threads:</b> the turn appends, the seat's thread takes.
 */
final class SeatBox extends Box {
    /** Each one message, with a reference to its slab until it was consumed. */
    private final ConcurrentLinkedQueue<Range> deliveries = new ConcurrentLinkedQueue<>();

    private final AtomicLong pendingBytes = new AtomicLong();
    private final int capacityBytes;
    private final Runnable wake;

    SeatBox(int capacityBytes, Runnable wake) {
        this.capacityBytes = capacityBytes;
        this.wake = wake;
    }

    @Override
    boolean hasRoom() {
        return pendingBytes.get() < capacityBytes;
    }

    @Override
    void append(Slab slab, int at, int bytes) {
        slab.retain();
        pendingBytes.addAndGet(bytes);
        deliveries.add(new Range(slab, at, at + bytes, 1));
        wake.run();
    }

    boolean isEmpty() {
        return deliveries.isEmpty();
    }

    /** The seat's thread: the next delivery; it then calls {@link #consumed}. */
    @Nullable Range poll() {
        return deliveries.poll();
    }

    /** The seat's thread: gives the memory back; true if the box is half empty now and was not before. */
    boolean consumed(Range delivery) {
        delivery.slab().release();
        long after = pendingBytes.addAndGet(-delivery.bytes());
        return after < capacityBytes / 2 && after + delivery.bytes() >= capacityBytes / 2;
    }

    long pendingBytes() {
        return pendingBytes.get();
    }
}

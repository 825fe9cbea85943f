package ioverlay.engine;

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
    /** A message in memory; holds a reference to the slab until it was consumed. */
    record Delivery(Slab slab, int at, int bytes) {}

    private final ConcurrentLinkedQueue<Delivery> deliveries = new ConcurrentLinkedQueue<>();
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
        deliveries.add(new Delivery(slab, at, bytes));
        wake.run();
    }

    boolean isEmpty() {
        return deliveries.isEmpty();
    }

    /** The seat's thread: the next delivery; it then calls {@link #consumed}. */
    @Nullable Delivery poll() {
        return deliveries.poll();
    }

    /** The seat's thread: gives the memory back; true if the box is half empty now and was not before. */
    boolean consumed(Delivery delivery) {
        delivery.slab().release();
        long after = pendingBytes.addAndGet(-delivery.bytes());
        return after < capacityBytes / 2 && after + delivery.bytes() >= capacityBytes / 2;
    }

    long pendingBytes() {
        return pendingBytes.get();
    }
}

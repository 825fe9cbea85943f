package ioverlay.container.shadow;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Calls on their way from the turn to the shadow: bounded in number and bytes, without a lock.
 *
 * <p><b>Threads:</b> one adds, the turn; one takes, the shadow's.
 */
final class Ring {
    private final AtomicReferenceArray<@Nullable Seen> places;
    private final long mostBytes;
    private final AtomicLong bytes = new AtomicLong();

    /** Written by the one that adds, read by the one that takes; and the other way round. */
    private final AtomicLong added = new AtomicLong();

    private final AtomicLong taken = new AtomicLong();

    /** Set while the one that takes sleeps, so that adding wakes nobody who is awake. */
    private volatile @Nullable Thread asleep;

    Ring(int calls, long mostBytes) {
        this.places = new AtomicReferenceArray<>(calls);
        this.mostBytes = mostBytes;
    }

    boolean isFull() {
        return added.getPlain() - taken.get() >= places.length();
    }

    /** Whether so many bytes more fit in; an empty ring takes any call. */
    boolean hasRoom(long more) {
        long now = bytes.get();
        return now == 0 || now + more <= mostBytes;
    }

    /** Adds, after {@link #isFull} and {@link #hasRoom} have said that it fits. */
    void add(Seen call) {
        long at = added.getPlain();
        bytes.addAndGet(call.bytes());
        places.set((int) (at % places.length()), call);
        added.set(at + 1);
        Thread sleeper = asleep;
        if (sleeper != null) {
            LockSupport.unpark(sleeper);
        }
    }

    /** The oldest, or null if there is none. */
    @Nullable Seen poll() {
        long at = taken.getPlain();
        if (at == added.get()) {
            return null;
        }
        Seen call = places.getAndSet((int) (at % places.length()), null);
        taken.set(at + 1);
        if (call != null) {
            bytes.addAndGet(-call.bytes());
        }
        return call;
    }

    /** Sleeps until there may be something to take, at most so long. */
    void await(Duration most) {
        asleep = Thread.currentThread();
        if (taken.getPlain() == added.get()) {
            LockSupport.parkNanos(this, most.toNanos());
        }
        asleep = null;
    }

    /** Lets everything go that was not taken; only when nobody adds any more and nobody else takes. */
    void clear() {
        for (int at = 0; at < places.length(); at++) {
            places.set(at, null);
        }
    }
}

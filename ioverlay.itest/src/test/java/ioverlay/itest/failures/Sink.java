package ioverlay.itest.failures;

import ioverlay.api.Application;
import ioverlay.api.Message;
import ioverlay.api.Session;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/** Counts what comes from one source, and what is missing in between; takes nothing while it is shut. */
final class Sink implements Application {
    private static final long LOOK_NS = 1_000_000;

    private final AtomicLong received = new AtomicLong();
    private final AtomicLong outOfPlace = new AtomicLong();

    /** Volatile: set by the test, read by the application's thread. */
    private volatile boolean shut;

    private volatile boolean ended;
    private long next;

    Sink shut() {
        shut = true;
        return this;
    }

    void reopen() {
        shut = false;
    }

    @Override
    public void begin(Session session) {
        // Nothing to prepare.
    }

    @Override
    public void consume(Message message) {
        while (shut && !ended && !Thread.currentThread().isInterrupted()) {
            LockSupport.parkNanos(LOOK_NS);
        }
        if (message.sequence() != next) {
            outOfPlace.incrementAndGet();
        }
        next = message.sequence() + 1;
        received.incrementAndGet();
    }

    @Override
    public void end() {
        ended = true;
    }

    long received() {
        return received.get();
    }

    /** Messages that did not come right after their predecessor. */
    long outOfPlace() {
        return outOfPlace.get();
    }
}

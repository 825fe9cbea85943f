package ioverlay.engine;

import ioverlay.engine.shared.Clock;
import java.util.concurrent.TimeUnit;

/**
 * Shows out a peer that stops in the middle of a message: between two looks at least {@value #LEAST_BYTES} bytes must
 * come, or the message must end. While no message is cut there is no look.
 *
 * <p><b>Threads:</b> {@link #progress} from the link's thread; the looks on the clock.
 */
final class Patience implements AutoCloseable {
    private static final int LEAST_BYTES = 64;

    private final Clock clock;
    private final long checkMs;
    private final Runnable impatient;

    private final Tally readBytes = new Tally();

    /** Volatile: the link's thread says, the clock looks. */
    private volatile boolean waiting;

    private volatile boolean closed;

    /** Volatile: whether a look is scheduled; the clock clears it. */
    private volatile boolean looking;

    /**
     * Patience with one link.
     *
     * @param checkMs between two looks
     * @param impatient called on the clock's thread, once
     */
    Patience(Clock clock, long checkMs, Runnable impatient) {
        this.clock = clock;
        this.checkMs = checkMs;
        this.impatient = impatient;
    }

    /** Some bytes were read, and what is not yet a message is {@code part}. */
    void progress(int read, boolean part) {
        readBytes.add(Math.max(0, read));
        waiting = part;
        if (part && !looking) {
            looking = true;
            schedule();
        }
    }

    @SuppressWarnings("FutureReturnValueIgnored") // a look is never cancelled: it sees by itself that it came too late
    private void schedule() {
        long before = readBytes.get();
        clock.after(TimeUnit.MILLISECONDS.toNanos(checkMs), () -> look(before));
    }

    private void look(long before) {
        if (closed || !waiting) {
            looking = false;
        } else if (readBytes.get() - before < LEAST_BYTES) {
            impatient.run();
        } else {
            schedule();
        }
    }

    @Override
    public void close() {
        closed = true;
    }
}

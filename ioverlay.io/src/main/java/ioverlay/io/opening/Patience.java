package ioverlay.io.opening;

import ioverlay.io.threads.Tally;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Shows out a peer that stops in the middle of a message: between two looks at least {@value #LEAST_BYTES} bytes must
 * come, or the message must end. While no message is cut there is no look.
 *
 * <p><b>Threads:</b> {@link #progress} from the link's thread; the looks on the clock.
 */
public final class Patience implements AutoCloseable {
    private static final int LEAST_BYTES = 64;

    private final Looks looks;
    private final long checkMs;
    private final Runnable impatient;

    private final Tally readBytes = new Tally();

    /** Messages that were cut so far, so that a look can tell whether it is still the same. */
    private final Tally cut = new Tally();

    /** Volatile: the link's thread says, the clock looks. */
    private volatile boolean waiting;

    private volatile boolean closed;

    /** Whether a look is scheduled; the clock clears it. */
    private final AtomicBoolean looking = new AtomicBoolean();

    /** When the next look is taken: the container's clock. */
    @FunctionalInterface
    public interface Looks {
        /** Takes the look after this time, on a thread that must not wait. */
        Future<?> after(long delayNs, Runnable look);
    }

    /**
     * Patience with one link.
     *
     * @param checkMs between two looks
     * @param impatient called on the clock's thread, once
     */
    public Patience(Looks looks, long checkMs, Runnable impatient) {
        this.looks = looks;
        this.checkMs = checkMs;
        this.impatient = impatient;
    }

    /**
     * Some bytes were read.
     *
     * @param read bytes, or less than 0 at the end of the stream
     * @param part bytes of a message that has begun and not ended
     */
    public void progress(int read, int part) {
        readBytes.add(Math.max(0, read));
        if (part <= read) {
            cut.add(1); // it began with what was just read: what was cut before has ended
        }
        waiting = part > 0;
        lookIfWaiting();
    }

    private void lookIfWaiting() {
        if (waiting && !looking.get() && looking.compareAndSet(false, true)) {
            schedule();
        }
    }

    @SuppressWarnings("FutureReturnValueIgnored") // a look is never cancelled: it sees by itself that it came too late
    private void schedule() {
        long bytes = readBytes.get();
        long message = cut.get();
        looks.after(TimeUnit.MILLISECONDS.toNanos(checkMs), () -> look(bytes, message));
    }

    private void look(long bytesBefore, long messageBefore) {
        if (closed) {
            return;
        }
        if (!waiting) {
            looking.set(false);
            lookIfWaiting(); // a message may have been cut just now
        } else if (cut.get() == messageBefore && readBytes.get() - bytesBefore < LEAST_BYTES) {
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

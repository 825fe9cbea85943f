package ioverlay.io.shared;

import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.function.ObjLongConsumer;

/**
 * How long this process stood still: a collection of garbage, a stopped process, a host that gave the time to others. It
 * beats only while somebody asks.
 *
 * <p><b>Threads:</b> any may ask; {@link #beat} is the clock's.
 */
final class Pulse {
    private static final long BEAT_NS = TimeUnit.MILLISECONDS.toNanos(10);

    /** A beat that is less late is an ordinary one. */
    private static final long LATE_NS = BEAT_NS;

    /** Nobody has asked for so many beats: it ends. */
    private static final int MOST_BEATS_UNASKED = 100;

    /** So much in all, and when the next beat is due; {@link #ENDED} while there is none. */
    private record State(long stoodNs, long dueNs) {
        /** As seen now: a beat that is late by now tells as much as one that came late. */
        long stoodNs(long nowNs) {
            return dueNs != ENDED && nowNs - dueNs > LATE_NS ? stoodNs + nowNs - dueNs : stoodNs;
        }
    }

    private static final long ENDED = Long.MAX_VALUE;

    private final ObjLongConsumer<Runnable> after;
    private final LongSupplier nanoTime;

    /** Volatile: who asks reads what the clock has written; written under the lock. */
    private volatile State state = new State(0, ENDED);

    /** Volatile: who asks sets it, the clock clears it. */
    private volatile boolean asked;

    private int unasked;

    /**
     * At rest.
     *
     * @param after rings once, so many nanoseconds later
     */
    Pulse(ObjLongConsumer<Runnable> after, LongSupplier nanoTime) {
        this.after = after;
        this.nanoTime = nanoTime;
    }

    /** So long, since somebody asked first; only what lies between two questions within a second is sure to be in it. */
    long stoodNs() {
        if (!asked) {
            asked = true;
        }
        State seen = state;
        if (seen.dueNs == ENDED) {
            begin();
        }
        return seen.stoodNs(nanoTime.getAsLong());
    }

    private synchronized void begin() {
        if (state.dueNs == ENDED) {
            next(state.stoodNs);
        }
    }

    private void next(long stoodNs) {
        state = new State(stoodNs, nanoTime.getAsLong() + BEAT_NS);
        after.accept(this::beat, BEAT_NS);
    }

    private synchronized void beat() {
        unasked = asked ? 0 : unasked + 1;
        asked = false;
        long stood = state.stoodNs(nanoTime.getAsLong());
        if (unasked < MOST_BEATS_UNASKED) {
            next(stood);
        } else {
            state = new State(stood, ENDED);
        }
    }
}

package ioverlay.observer.history;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * The time by which samples are ordered: that of the clock, as long as nobody sets it back. When it is set back, stamps go on
 * where they were, ahead of the clock; when it is set forward, or the machine slept, they follow. So no stamp comes twice, also
 * not after a restart, and what is shown of the past is moved by as much as stamps are ahead now: ten minutes ago are ten minutes
 * ago, whatever the clock said then.
 *
 * <p><b>Threads:</b> any.
 */
final class Timeline {
    /** What a clock may deviate between two looks without having been set. */
    private static final long TOLERANCE_MS = 1000;

    private static final Logger LOG = System.getLogger(Timeline.class.getName());

    private final InstantSource clock;
    private final LongSupplier nanos;
    private long wallMs;
    private long nano;
    private long aheadMs;

    /**
     * Begins.
     *
     * @param nanos that are never set
     * @param latest stamp that was given before, in milliseconds
     */
    Timeline(InstantSource clock, LongSupplier nanos, long latest) {
        this.clock = clock;
        this.nanos = nanos;
        wallMs = clock.millis();
        nano = nanos.getAsLong();
        aheadMs = Math.max(0, latest + 1 - wallMs);
    }

    /** The stamp of now, in milliseconds. */
    synchronized long now() {
        return ahead() + wallMs;
    }

    /** The stamp of what the clock says now, or said a moment ago. */
    synchronized long stamp(Instant time) {
        return ahead() + time.toEpochMilli();
    }

    /** By how much stamps are ahead of the clock, in milliseconds. */
    synchronized long ahead() {
        long wall = clock.millis();
        long now = nanos.getAsLong();
        long set = wall - wallMs - TimeUnit.NANOSECONDS.toMillis(now - nano);
        wallMs = wall;
        nano = now;
        if (set < -TOLERANCE_MS) {
            aheadMs -= set;
            LOG.log(Level.INFO, "the clock was set back by {0} s: samples stay in their order", -set / 1000);
        } else if (set > TOLERANCE_MS) {
            aheadMs = Math.max(0, aheadMs - set);
        }
        return aheadMs;
    }
}

package ioverlay.agent;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * What is said in the log of a line to an observer: that it broke and why, that it is open again. A line that comes and goes
 * is not said more often than once in {@value #PACE_S} s, and that it is back only where it was said that it broke.
 *
 * <p><b>Threads:</b> one.
 */
final class Said {
    /** How long the same is not said again, in seconds. */
    static final long PACE_S = 60;

    private final Logger log;
    private final LongSupplier ticks;
    private String why = "";
    private long saidNs;
    private boolean away;

    /**
     * Nothing was said yet.
     *
     * @param ticks nanoseconds
     */
    Said(Logger log, LongSupplier ticks) {
        this.log = log;
        this.ticks = ticks;
    }

    /** There is no line. */
    void broke(Object observer, String reason) {
        long now = ticks.getAsLong();
        boolean paced = reason.equals(why) && (away || now - saidNs < TimeUnit.SECONDS.toNanos(PACE_S));
        log.log(paced ? Level.DEBUG : Level.WARNING, "no line to the observer {0}: {1}; dialling on", observer, reason);
        if (!paced) {
            why = reason;
            saidNs = now;
            away = true;
        }
    }

    /** There is one. */
    void open(Object observer) {
        log.log(away ? Level.INFO : Level.DEBUG, "the line to the observer {0} is open again", observer);
        away = false;
    }
}

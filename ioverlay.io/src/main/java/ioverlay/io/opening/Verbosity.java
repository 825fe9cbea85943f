package ioverlay.io.opening;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * How much a node says about those who knock: at most {@value #LINES_PER_SECOND} lines a second, so that a flood of
 * connections fills no log. The counters count all of them.
 *
 * <p><b>Threads:</b> any.
 */
final class Verbosity {
    static final int LINES_PER_SECOND = 20;

    private final AtomicLong second = new AtomicLong(Long.MIN_VALUE);
    private final AtomicInteger lines = new AtomicInteger();

    /** Whether one more line may be written at this time. */
    boolean admits(long nowNs) {
        long now = TimeUnit.NANOSECONDS.toSeconds(nowNs);
        if (second.getAndSet(now) != now) {
            lines.set(0);
        }
        return lines.incrementAndGet() <= LINES_PER_SECOND;
    }
}

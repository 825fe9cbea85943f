package ioverlay.container;

import ioverlay.api.container.NodeStatus.PauseStatus;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;

/**
 * How long swaps kept one node from dispatching. Count and longest are over all swaps; the percentiles are exact, over
 * the last {@value #MAX_KEPT}.
 *
 * <p><b>Threads:</b> any.
 */
final class PauseRecord {
    /** The most pauses that percentiles are taken from. */
    static final int MAX_KEPT = 1000;

    private static final int FIRST_CAPACITY = 8;

    private long[] micros = new long[0];
    private long count;
    private long max;

    /** Adds one. */
    synchronized void add(long pauseNs) {
        long pauseMicros = TimeUnit.NANOSECONDS.toMicros(pauseNs);
        if (count == micros.length && count < MAX_KEPT) {
            micros = Arrays.copyOf(micros, Math.min(MAX_KEPT, Math.max(FIRST_CAPACITY, 2 * micros.length)));
        }
        micros[(int) (count % MAX_KEPT)] = pauseMicros;
        count++;
        max = Math.max(max, pauseMicros);
    }

    /** The present figures; zeros if there was none. */
    synchronized PauseStatus status() {
        long[] sorted = Arrays.copyOf(micros, (int) Math.min(count, MAX_KEPT));
        Arrays.sort(sorted);
        return new PauseStatus(count, percentile(sorted, 50), percentile(sorted, 99), max);
    }

    private static long percentile(long[] sorted, int percent) {
        return sorted.length == 0 ? 0 : sorted[(sorted.length * percent + 99) / 100 - 1];
    }
}

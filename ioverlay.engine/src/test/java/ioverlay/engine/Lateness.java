package ioverlay.engine;

import java.util.Arrays;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicInteger;

/** Durations that were measured, in nanoseconds; the first {@value #MOST} count. */
final class Lateness {
    private static final int MOST = 1 << 16;

    private final long[] values = new long[MOST];
    private final AtomicInteger count = new AtomicInteger();

    /** From one thread at a time. */
    void add(long ns) {
        int at = count.get();
        if (at < MOST) {
            values[at] = ns;
            count.set(at + 1);
        }
    }

    int count() {
        return count.get();
    }

    /** Milliseconds that this share of the values does not exceed. */
    double millis(double share) {
        long[] sorted = Arrays.copyOf(values, count.get());
        Arrays.sort(sorted);
        int at = (int) Math.ceil(share * sorted.length) - 1;
        return sorted[Math.max(0, at)] / 1e6;
    }

    double maxMillis() {
        return millis(1);
    }

    @Override
    public String toString() {
        return String.format(
                Locale.ROOT,
                "%d values, p50 %.2f, p90 %.2f, p99 %.2f, p99.9 %.2f, max %.2f ms",
                count(),
                millis(0.5),
                millis(0.9),
                millis(0.99),
                millis(0.999),
                maxMillis());
    }
}

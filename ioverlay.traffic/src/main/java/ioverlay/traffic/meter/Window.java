package ioverlay.traffic.meter;

import java.util.Arrays;

/**
 * When the counters of a node were read: ten intervals that slide, shared by all of its {@linkplain Meter meters}. Rates
 * are over the time that really passed, so a late reading makes no error.
 *
 * <p><b>Threads:</b> one at a time; times are nanoseconds of any one clock.
 */
public final class Window {
    /** How often counters are read while something moves. */
    public static final long INTERVAL_NS = 100_000_000;

    /** Readings that are kept: the ends of ten intervals. */
    static final int READINGS = 11;

    private final long[] timesNs = new long[READINGS];
    private int latest;

    /** Nothing was read yet. */
    public Window() {}

    /** Something moves after a rest: what was counted until now is where the next rates start. */
    public void begin(long nowNs) {
        Arrays.fill(timesNs, nowNs);
    }

    /** The counters are about to be read, all of them. */
    public void next(long nowNs) {
        latest = oldest();
        timesNs[latest] = nowNs;
    }

    int latest() {
        return latest;
    }

    int oldest() {
        return (latest + 1) % READINGS;
    }

    /** What the readings between the oldest and the latest span, in seconds; 0 before there are two. */
    double seconds() {
        return (timesNs[latest] - timesNs[oldest()]) / 1e9;
    }
}

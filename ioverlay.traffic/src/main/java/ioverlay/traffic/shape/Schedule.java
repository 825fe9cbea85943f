package ioverlay.traffic.shape;

import java.util.function.LongSupplier;

/**
 * A cap as a schedule of due times: a message may begin when the schedule is due, and moves it by its bytes. It is paid
 * for afterwards, on an ideal time line, so that lateness never adds up. What was not used within the metering interval
 * is lost; after a rest of {@value #REST_METERINGS} of them a {@value #IDLE_SHARE}th of one is left. Lateness of the host
 * is no rest and is made up for, up to {@value #MOST_LATENESS_NS} ns: that of who had to wait and was woken late, and the
 * time in which the process stood still, since who was to bring something stood still, too.
 *
 * <p><b>Threads:</b> one at a time; times are nanoseconds of any one clock.
 */
public final class Schedule implements Cap {
    /** A rest leaves less than a metering interval: else each start would be a burst of a whole one. */
    private static final int IDLE_SHARE = 5;

    private static final int REST_METERINGS = 5;

    /**
     * Once somebody has to wait, all do for at least so long: what becomes due meanwhile goes together, and whoever comes
     * a moment later does not get in before who waits.
     */
    public static final long BURST_NS = 500_000;

    private static final long MOST_LATENESS_NS = 1_000_000_000;
    private static final double NS = 1e9;
    private final LongSupplier stoodStillNs;
    private long bytesPerSecond;
    private double nsPerByte;
    private long meteringNs;
    private double dueNs;

    /** When something went last, or could have. */
    private long wentNs;

    /** Somebody has to wait. */
    private boolean awaited;

    /** Until then, at least. */
    private long shutNs;

    /** Lateness of the host that was not made up for yet. */
    private double lateNs;

    private double unusedNs;

    /** What is known of the process. */
    private long stoodNs;

    /** Without a cap, in a process that never stands still. */
    public Schedule() {
        this(() -> 0);
    }

    /**
     * Without a cap.
     *
     * @param stoodStillNs how long the process has stood still so far
     */
    public Schedule(LongSupplier stoodStillNs) {
        this.stoodStillNs = stoodStillNs;
    }

    /**
     * This cap from now on; 0 is none. If it is another one, what was charged before is forgotten: a message begins at
     * once.
     *
     * @param metering interval in nanoseconds
     */
    public void cap(long rate, long metering, long nowNs) {
        if (rate == bytesPerSecond && metering == meteringNs) {
            return;
        }
        bytesPerSecond = rate;
        nsPerByte = rate == 0 ? 0 : NS / rate;
        meteringNs = metering;
        dueNs = nowNs;
        wentNs = nowNs - REST_METERINGS * metering; // a start is no burst either
        awaited = false;
        lateNs = 0;
        shutNs = 0;
    }

    /** Whether there is a cap. */
    public boolean isCapped() {
        return bytesPerSecond > 0;
    }

    /** The cap; 0 is none. */
    public long bytesPerSecond() {
        return bytesPerSecond;
    }

    /** How long so far nobody has used it, beyond what is kept for later. */
    public long unusedNs() {
        return (long) unusedNs;
    }

    @Override
    public long dueNs() {
        return Math.max((long) dueNs, shutNs);
    }

    @Override
    public long allowance(long nowNs) {
        if (bytesPerSecond == 0) {
            return Long.MAX_VALUE;
        }
        forget(nowNs);
        if (nowNs < shutNs) {
            return 0;
        }
        awaited = dueNs > nowNs;
        if (awaited) {
            shutNs = nowNs + BURST_NS;
            return 0;
        }
        wentNs = nowNs; // whoever asks takes it
        return 1 + (long) ((nowNs - dueNs) / nsPerByte);
    }

    /** What was not used and is too old is lost. */
    private void forget(long nowNs) {
        long stood = stoodStillNs.getAsLong();
        lateNs += stood - stoodNs;
        wentNs += stood - stoodNs;
        stoodNs = stood;
        if (awaited) {
            lateNs = nowNs - dueNs;
        }
        boolean rested = awaited
                ? lateNs > MOST_LATENESS_NS // no host is so busy: who waited has left
                : nowNs - wentNs > REST_METERINGS * meteringNs;
        double keptNs = meteringNs + Math.min(lateNs, MOST_LATENESS_NS);
        if (rested) {
            keptNs = (double) meteringNs / IDLE_SHARE;
        }
        if (dueNs < nowNs - keptNs) {
            unusedNs += nowNs - keptNs - dueNs;
            dueNs = nowNs - keptNs;
        }
        lateNs = Math.max(0, Math.min(lateNs, nowNs - dueNs - meteringNs));
    }

    @Override
    public void charge(long bytes, long nowNs) {
        if (bytesPerSecond > 0) {
            forget(nowNs);
            dueNs += bytes * nsPerByte;
            wentNs = nowNs;
            awaited &= nowNs < shutNs; // control does not wait, data still does
        }
    }
}

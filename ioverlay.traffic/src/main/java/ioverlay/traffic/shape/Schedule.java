package ioverlay.traffic.shape;

/**
 * A cap as a schedule of due times: a message may begin when the schedule is due, and moves it by its bytes. It is paid
 * for afterwards, on an ideal time line, so that lateness never adds up. What was not used within the metering interval
 * is lost; after a rest a {@value #IDLE_SHARE}th of it is left. Who had to wait and was woken late, by a host that was
 * busy or paused, makes up for up to {@value #MOST_LATENESS_NS} ns; more than that is a rest of somebody who waits no more.
 *
 * <p><b>Threads:</b> one at a time; times are nanoseconds of any one clock.
 */
public final class Schedule implements Cap {
    /** A rest of more than a metering interval that is not lateness leaves less: else each start would be a burst of a whole interval. */
    private static final int IDLE_SHARE = 5;

    /**
     * Once somebody has to wait, all do for at least so long: what becomes due meanwhile goes together, and whoever comes
     * a moment later does not get in before who waits.
     */
    public static final long BURST_NS = 500_000;

    /** Who makes up for lateness may be late once more. */
    private static final int LATE_METERINGS = 5;

    private static final long MOST_LATENESS_NS = 1_000_000_000;
    private static final double NS = 1e9;
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

    /** Somebody waited and was woken very late, which was not made up for yet. */
    private boolean late;

    /** Without a cap. */
    public Schedule() {}

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
        wentNs = nowNs;
        awaited = false;
        late = false;
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
        long restNs = meteringNs / IDLE_SHARE;
        boolean rested = awaited
                ? nowNs - dueNs > MOST_LATENESS_NS // no host is so busy: who waited has left
                : nowNs - wentNs > (late ? LATE_METERINGS * meteringNs : meteringNs);
        late = !rested && (late || awaited) && nowNs - dueNs > meteringNs;
        long keptNs = late ? MOST_LATENESS_NS : rested ? restNs : meteringNs;
        dueNs = Math.max(dueNs, (double) (nowNs - keptNs));
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

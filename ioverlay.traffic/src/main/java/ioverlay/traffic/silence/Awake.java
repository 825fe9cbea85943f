package ioverlay.traffic.silence;

/**
 * Time in which whoever looks was awake and at work: what lies between two looks counts, but no more than a look that
 * comes when it should would count a few times. So nobody is taken for dead while this process, or the turn that judges,
 * stood still.
 *
 * <p><b>Threads:</b> one at a time; times are nanoseconds of any one clock.
 */
public final class Awake {
    private static final int MOST_LOOKS_LATE = 8;

    private final long mostNs;
    private long lastNs;
    private long awakeNs;

    /**
     * Time that stands still.
     *
     * @param lookNs how far two looks should be apart
     */
    public Awake(long lookNs) {
        mostNs = MOST_LOOKS_LATE * lookNs;
    }

    /** Looks begin: what lies before does not count. */
    public void begin(long nowNs) {
        lastNs = nowNs;
    }

    /** One look; all time that counts so far. */
    public long look(long nowNs) {
        awakeNs += Math.clamp(nowNs - lastNs, 0L, mostNs);
        lastNs = nowNs;
        return awakeNs;
    }

    /** All time that counts so far, as of the last look. */
    public long nowNs() {
        return awakeNs;
    }
}

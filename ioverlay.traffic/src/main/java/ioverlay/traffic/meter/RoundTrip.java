package ioverlay.traffic.meter;

/**
 * The round trips of one link: one question at a time, the latest answer and the least.
 *
 * <p><b>Threads:</b> one at a time; times are nanoseconds of any one clock.
 */
public final class RoundTrip {
    /** Nothing was measured. */
    public static final long NONE = -1;

    private static final int PATIENCE = 10;
    private static final int MOST_IN_VAIN = 20;
    private static final long MOST_PATIENCE_NS = 130_000_000_000L;

    private boolean asked;
    private boolean everAsked;

    /** Questions since the last answer: who waited in vain waits twice as long, as the way may have become longer. */
    private int inVain;

    private long number;
    private long askedNs;
    private long answeredNs;
    private long latestNs = NONE;
    private long leastNs = NONE;

    /** Nothing was asked. */
    public RoundTrip() {}

    /** A question goes now; one that is not answered yet is given up. */
    public void ask(long questionNumber, long nowNs) {
        inVain = asked ? Math.min(inVain + 1, MOST_IN_VAIN) : 0;
        asked = true;
        everAsked = true;
        number = questionNumber;
        askedNs = nowNs;
    }

    /** An answer came; false if nobody asked so. */
    public boolean answer(long answerNumber, long atNs) {
        if (!asked || number != answerNumber) {
            return false;
        }
        asked = false;
        answeredNs = atNs;
        latestNs = Math.max(0, atNs - askedNs);
        leastNs = leastNs == NONE ? latestNs : Math.min(leastNs, latestNs);
        return true;
    }

    /**
     * Whether the last question is so long ago, or there was none. One that is out is waited for, since another would
     * replace it: ten times as long as the latest answer took, twice as long after each that was in vain, at most 130 s;
     * before the first answer 130 s, which is more than two emulated latencies.
     */
    public boolean isDue(long intervalNs, long nowNs) {
        long patienceNs = latestNs == NONE ? MOST_PATIENCE_NS : Math.max(intervalNs, PATIENCE * latestNs);
        long outNs = Math.min(Math.min(patienceNs, MOST_PATIENCE_NS) << inVain, MOST_PATIENCE_NS);
        return !everAsked || nowNs - askedNs >= (asked ? Math.max(intervalNs, outNs) : intervalNs);
    }

    /** The latest, in microseconds, or −1. */
    public double latestMicros() {
        return latestNs == NONE ? NONE : latestNs / 1e3;
    }

    /** The least, in microseconds, or −1. */
    public double leastMicros() {
        return leastNs == NONE ? NONE : leastNs / 1e3;
    }

    /** How long ago the latest was measured; 0 if none was. */
    public long ageNs(long nowNs) {
        return latestNs == NONE ? 0 : nowNs - answeredNs;
    }
}

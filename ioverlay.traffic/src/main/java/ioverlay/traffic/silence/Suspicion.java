package ioverlay.traffic.silence;

/**
 * What is thought of one peer that owes a sign of life: after half of the limit in silence it is asked, once; if it gives
 * no sign until the limit it has failed. Any sign ends the suspicion, and so does it when nothing is owed any more.
 *
 * <p><b>Threads:</b> one at a time; times are {@link Awake} time.
 */
public final class Suspicion {
    /** What is to be done. */
    public enum Verdict {
        /** Nothing. */
        WAIT,
        /** It is to be asked now. */
        ASK,
        /** It has failed. */
        FAILED
    }

    private final long limitNs;
    private long signs;
    private long sinceNs;
    private long askedNs;
    private boolean owed;
    private boolean asked;

    /**
     * No suspicion.
     *
     * @param limitNs of silence
     */
    public Suspicion(long limitNs) {
        this.limitNs = limitNs;
    }

    /**
     * Looks at the peer.
     *
     * @param sofar signs of life that it has given so far, in any unit
     * @param owes whether it owes one
     */
    public Verdict look(long nowNs, long sofar, boolean owes) {
        if (sofar != signs || !owes || !owed) {
            signs = sofar;
            owed = owes;
            sinceNs = nowNs;
            asked = false;
            return Verdict.WAIT;
        }
        if (!asked && nowNs - sinceNs >= limitNs / 2) {
            asked = true;
            askedNs = nowNs;
            return Verdict.ASK;
        }
        // It has had its half of the time to answer, however late it was asked.
        boolean over = asked && nowNs - sinceNs >= limitNs && nowNs - askedNs >= limitNs * 3 / 8;
        return over ? Verdict.FAILED : Verdict.WAIT;
    }
}

package ioverlay.traffic.silence;

/**
 * Says when something has gone on for so long that whoever waits for its end should hear that it does: bytes that come
 * over a slow line show their sender nothing until a window is half taken.
 *
 * <p><b>Threads:</b> one at a time; times are nanoseconds of any one clock.
 */
public final class Progress {
    private final long eachNs;
    private long lastNs;
    private long sinceNs;

    /**
     * Nothing has gone on.
     *
     * @param eachNs how often somebody should hear of it; a longer pause is an end
     */
    public Progress(long eachNs) {
        this.eachNs = eachNs;
    }

    /** It goes on; whether that is to be told now. */
    public boolean goesOn(long nowNs) {
        boolean paused = nowNs - lastNs >= eachNs;
        lastNs = nowNs;
        boolean due = !paused && nowNs - sinceNs >= eachNs;
        if (paused || due) {
            sinceNs = nowNs;
        }
        return due;
    }
}

package ioverlay.traffic.silence;

/**
 * How long a receiver to whom BYE was said takes what came before.
 *
 * <p><b>Threads:</b> any.
 */
public final class Farewell {
    /** However slow a cap is. */
    public static final long MOST_MS = 600_000;

    private Farewell() {}

    /**
     * As long as usual, and as long as the cap needs.
     *
     * @param usualMs where nothing is capped
     * @param pendingBytes that were not taken yet
     * @param bytesPerSecond of the slowest cap; at least 1, and the largest long if there is none
     */
    public static long patienceMs(long usualMs, long pendingBytes, long bytesPerSecond) {
        double cappedMs = 1_000.0 * pendingBytes / bytesPerSecond;
        return (long) Math.min(MOST_MS, usualMs + cappedMs);
    }
}

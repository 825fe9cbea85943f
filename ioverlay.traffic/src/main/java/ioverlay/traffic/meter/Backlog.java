package ioverlay.traffic.meter;

import java.util.Arrays;

/**
 * The capacity of a node's last mile, for free: while traffic waits for its caps, what moves is what the last mile can
 * do: all bytes over all time of the last ten intervals that were backlogged from one end to the other.
 *
 * <p><b>Threads:</b> one at a time; times are nanoseconds of any one clock.
 */
public final class Backlog {
    /** Nothing waits. */
    public static final int NONE = 0;

    /** Something waits to come in; may be added to {@link #OUT}. */
    public static final int IN = 1;

    /** Something waits to go out. */
    public static final int OUT = 2;

    private static final int KEPT = 10;

    /** An interval that was unused for more than this part of it says nothing. */
    private static final int LEAST_UNUSED = 50;

    private static final long FRESH_NS = 10_000_000_000L;

    private final long[] bytes = new long[KEPT];
    private final long[] times = new long[KEPT];
    private int intervals;
    private int before;
    private long beforeNs;
    private long beforeUnusedNs;
    private long beforeIn;
    private long beforeOut;
    private long latestNs;

    /** Nothing is known. */
    public Backlog() {}

    /**
     * What waits now, and what has moved until now; called at each reading.
     *
     * @param unusedNs how long so far the caps that are waited for were not used: who waits at both ends of an interval may
     *     have been idle in between
     */
    public void read(long nowNs, int waiting, long unusedNs, long inBytes, long outBytes) {
        boolean isUsed = unusedNs - beforeUnusedNs <= (nowNs - beforeNs) / LEAST_UNUSED;
        if (waiting != NONE && waiting == before && isUsed) {
            long moved =
                    ((waiting & IN) == 0 ? 0 : inBytes - beforeIn) + ((waiting & OUT) == 0 ? 0 : outBytes - beforeOut);
            if (moved == 0 || nowNs <= beforeNs) {
                return; // one message of a slow cap takes more than one reading: the interval goes on
            }
            if (moved > 0) { // else a link has gone, and its count with it
                bytes[intervals % KEPT] = moved;
                times[intervals++ % KEPT] = nowNs - beforeNs;
                latestNs = nowNs;
            }
        }
        before = waiting;
        beforeNs = nowNs;
        beforeUnusedNs = unusedNs;
        beforeIn = inBytes;
        beforeOut = outBytes;
    }

    /** Bytes per second; 0 if nothing waited within the last 10 s. */
    public double bytesPerSecond(long nowNs) {
        if (intervals == 0 || nowNs - latestNs > FRESH_NS) {
            return 0;
        }
        return Arrays.stream(bytes).sum() * 1e9 / Arrays.stream(times).sum();
    }
}

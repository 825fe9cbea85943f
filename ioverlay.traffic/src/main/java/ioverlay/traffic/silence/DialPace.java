package ioverlay.traffic.silence;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How soon a peer may be dialled again: {@value #BURST} times at once, then every {@value #SPACING_MS} ms, so that one
 * that takes every connection and drops it is not dialled in a hot loop.
 *
 * <p><b>Threads:</b> one at a time; times are nanoseconds of any one clock.
 *
 * @param <P> what names a peer
 */
public final class DialPace<P> {
    /** Dials that need not wait. */
    public static final int BURST = 4;

    /** Between the dials after those. */
    public static final int SPACING_MS = 250;

    private static final long SPACING_NS = SPACING_MS * 1_000_000L;
    private final Map<P, Long> dueNs;

    /**
     * Nobody was dialled yet.
     *
     * @param peers that are remembered; one more and the one dialled first is forgotten
     */
    public DialPace(int peers) {
        dueNs = new LinkedHashMap<>() {
            private static final long serialVersionUID = 1;

            @Override
            protected boolean removeEldestEntry(Map.Entry<P, Long> eldest) {
                return size() > peers;
            }
        };
    }

    /** The peer is dialled: how long that has to wait, in nanoseconds. */
    public long dial(P peer, long nowNs) {
        Long before = dueNs.remove(peer);
        long earliest = nowNs - (BURST - 1) * SPACING_NS;
        long due = before == null ? earliest : Math.max(before, earliest);
        dueNs.put(peer, due + SPACING_NS);
        return Math.max(0, due - nowNs);
    }
}

package ioverlay.engine;

import ioverlay.io.shared.Clock;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;

/**
 * Goes on in the turn at a time: the one that comes first of those it was told. Whoever waits at a cap or in a delay line
 * has one, however much waits there.
 *
 * <p><b>Threads:</b> the turn.
 */
final class Wake {
    private final Switch node;
    private final Clock clock;
    private final long leastNs;
    private final Runnable action;
    private Future<?> pending = CompletableFuture.completedFuture(null);
    private long atNs = Long.MAX_VALUE;

    /**
     * Asleep.
     *
     * @param leastNs the shortest sleep: what is due meanwhile goes together
     */
    Wake(Switch node, Clock clock, long leastNs, Runnable action) {
        this.node = node;
        this.clock = clock;
        this.leastNs = leastNs;
        this.action = action;
    }

    /** Not later than that. */
    void at(long dueNs, long nowNs) {
        long at = Math.max(dueNs, nowNs + leastNs);
        if (at < atNs) {
            pending.cancel(false);
            atNs = at;
            pending = clock.after(at - nowNs, () -> node.post(this::woken));
        }
    }

    private void woken() {
        atNs = Long.MAX_VALUE;
        action.run();
    }
}

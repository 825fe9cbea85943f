package ioverlay.engine;

import ioverlay.io.shared.Clock;
import ioverlay.traffic.silence.Awake;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * Looks at the links of a node on which somebody owes something, and tells the dead from the idle (design, "Failures"):
 * the clock rings for each look, and only while there is such a link. Looks are taken in the turn, so neither a pause of
 * this process nor a call that does not return counts as a peer's silence.
 *
 * <p><b>Threads:</b> the turn.
 */
final class Vigil {
    /** So fine that a limit is kept within a tenth. */
    private static final int LOOKS = 64;

    private final Switch node;
    private final Clock clock;
    private final long limitMs;
    private final Awake awake;
    private final Set<Watch> watches = new LinkedHashSet<>();
    private boolean looking;

    /** One side of a link, while somebody owes something on it. */
    interface Watch {
        /** Does what is to be done; false if nothing is owed any more, so that it need not be looked at. */
        boolean look(long awakeNs);
    }

    Vigil(Switch node, Clock clock) {
        this.node = node;
        this.clock = clock;
        this.limitMs = node.config().inactivityMs();
        this.awake = new Awake(lookNs());
    }

    /** How long a link may owe and be silent. */
    long limitMs() {
        return limitMs;
    }

    long limitNs() {
        return TimeUnit.MILLISECONDS.toNanos(limitMs);
    }

    private long lookNs() {
        return limitNs() / LOOKS;
    }

    /** From now on, until the watch says that it need not. */
    void watch(Watch watch) {
        if (watches.add(watch) && !looking) {
            awake.begin(node.elapsedNs());
            next();
        }
    }

    @SuppressWarnings("FutureReturnValueIgnored") // a look is never cancelled: with nothing to look at it is the last
    private void next() {
        looking = true;
        clock.after(lookNs(), () -> node.post(this::look));
    }

    private void look() {
        looking = false;
        long now = awake.look(node.elapsedNs());
        watches.removeIf(watch -> !watch.look(now));
        if (!watches.isEmpty()) {
            next();
        }
    }

    /** The sentence of a link that failed by silence. */
    String sentence() {
        return "owed and was silent for " + limitMs + " ms";
    }
}

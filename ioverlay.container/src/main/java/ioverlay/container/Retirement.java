package ioverlay.container;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Knows which bundles a swap has replaced, and has each retired when its last user leaves. Never keeps a swap waiting.
 *
 * <p><b>Threads:</b> any; nothing waits.
 */
final class Retirement {
    private final Steward steward;
    private final Retire.Tools tools;
    private final Set<Long> replaced = ConcurrentHashMap.newKeySet();

    /**
     * Knows none yet.
     *
     * @param steward runs the jobs that look at a bundle and have it leave if nobody uses it
     * @param tools of those jobs
     */
    Retirement(Steward steward, Retire.Tools tools) {
        this.steward = steward;
        this.tools = tools;
    }

    /** A swap has replaced an algorithm of that bundle, or has brought the bundle and not used it. */
    void replaced(long bundle) {
        if (bundle > 0) {
            replaced.add(bundle);
            idle(bundle);
        }
    }

    /** Somebody has let go of an instance out of that bundle. */
    void idle(long bundle) {
        if (replaced.contains(bundle)) {
            steward.submit(new Retire(bundle, tools, this));
        }
    }

    /** It is not there any more. */
    void left(long bundle) {
        replaced.remove(bundle);
    }
}

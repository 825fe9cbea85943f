package ioverlay.container;

import java.util.ArrayList;
import java.util.List;

/**
 * Keeps work back until it is opened, once and for all.
 *
 * <p><b>Threads:</b> any; what was kept back is done, in its order, by the one who opens.
 */
final class Gate {
    /** Guarded by this. */
    private final List<Runnable> waiting = new ArrayList<>();

    private boolean open;

    /** Does it now, or when the gate is opened. */
    void pass(Runnable work) {
        synchronized (this) {
            if (!open) {
                waiting.add(work);
                return;
            }
        }
        work.run();
    }

    /** Idempotent. */
    void open() {
        List<Runnable> first;
        synchronized (this) {
            open = true;
            first = List.copyOf(waiting);
            waiting.clear();
        }
        first.forEach(Runnable::run);
    }
}

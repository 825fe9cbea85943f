package ioverlay.observer;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * What was opened so far, to be closed in reverse order: at the end, or when the next thing does not open.
 *
 * <p><b>Threads:</b> one at a time.
 */
final class Opened implements AutoCloseable {
    private static final Logger LOG = System.getLogger(Opened.class.getName());

    private final Deque<AutoCloseable> all = new ArrayDeque<>();

    <T extends AutoCloseable> T add(T fresh) {
        all.push(fresh);
        return fresh;
    }

    /** Closes all, whatever becomes of one. Idempotent. */
    @Override
    public void close() {
        while (!all.isEmpty()) {
            try {
                all.pop().close();
            } catch (Exception e) {
                // Boundary of what is closed: the others are closed as well.
                LOG.log(Level.WARNING, "a part of the observer did not close well", e);
            }
        }
    }
}

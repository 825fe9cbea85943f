package ioverlay.container;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;

/**
 * Gives an instance back to its bundle, whose deactivation may hang: then the slot and whoever waits for a result go on.
 *
 * <p><b>Threads:</b> any but one that stops a bundle, since the framework holds locks there that the other thread needs.
 */
final class Parting {
    /** How long a bundle may take. */
    static final Duration LIMIT = Duration.ofSeconds(2);

    private static final Logger LOG = System.getLogger(Parting.class.getName());

    private Parting() {}

    /** Does it on a thread of its own, {@code overlay-parting}; after the limit that is interrupted and left behind. */
    static void bounded(String from, Runnable work) {
        Thread thread = Thread.ofPlatform().daemon().name("overlay-parting").start(work);
        try {
            if (!thread.join(LIMIT)) {
                thread.interrupt();
                LOG.log(
                        Level.WARNING,
                        "a bundle does not take back an instance that leaves {0}: {1} is left behind",
                        from,
                        thread.getName());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // it ends by itself; nobody waits for it any more
        }
    }
}

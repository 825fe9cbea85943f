package ioverlay.container.shadow;

import ioverlay.api.woven.Cancellation;
import java.time.Duration;

/** How a thread is made to leave an author's code: asked, interrupted, cancelled, left behind. */
final class Exit {
    private Exit() {}

    /**
     * Waits for the thread, then helps.
     *
     * @param patience before it is interrupted
     * @return whether it has ended
     */
    static boolean show(Thread thread, Performance performance, Limits limits, Duration patience) {
        try {
            if (joined(thread, patience)) {
                return true;
            }
            thread.interrupt();
            return joined(thread, limits.interrupted()) || cancelled(thread, performance, limits);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private static boolean joined(Thread thread, Duration most) throws InterruptedException {
        return most.isPositive() ? thread.join(most) : !thread.isAlive();
    }

    private static boolean cancelled(Thread thread, Performance performance, Limits limits)
            throws InterruptedException {
        ClassLoader code = performance.code();
        if (code == null) {
            return joined(thread, limits.cancelled());
        }
        Cancellation cancellation = Cancellation.begin(thread, code);
        try {
            return joined(thread, limits.cancelled());
        } finally {
            cancellation.close();
        }
    }
}

package ioverlay.io.threads;

import java.lang.management.ManagementFactory;
import jdk.management.VirtualThreadSchedulerMXBean;

/**
 * Carriers lent to the virtual threads of the JVM for as long as one is held by a call that does not end: a few of those
 * would stop all nodes.
 *
 * <p><b>Threads:</b> any.
 */
public final class Carriers {
    /**
     * The most that are lent; one more call, and the container is sick. As many calls that do not end, and the first nodes
     * get a thirty-third of a processor each: slow, but they go on.
     */
    public static final int MOST = 32;

    private int lent;

    /** One more; false at the limit. */
    public synchronized boolean lend() {
        if (lent == MOST) {
            return false;
        }
        shift(1);
        Thread.startVirtualThread(() -> {}); // where others wait already, only what is new makes a carrier start
        lent++;
        return true;
    }

    /** One less: the call has ended. */
    public synchronized void giveBack() {
        shift(-1);
        lent--;
    }

    private static void shift(int by) {
        VirtualThreadSchedulerMXBean scheduler =
                ManagementFactory.getPlatformMXBean(VirtualThreadSchedulerMXBean.class);
        scheduler.setParallelism(scheduler.getParallelism() + by);
    }
}

package ioverlay.io.threads;

import java.lang.management.ManagementFactory;
import jdk.management.VirtualThreadSchedulerMXBean;

/**
 * Carriers lent to the virtual threads of the JVM for as long as one is held by a call that does not end: a few of those
 * would stop all nodes.
 *
 * <p>The scheduler, a {@link java.util.concurrent.ForkJoinPool}, starts a carrier that it may have only when it is told of
 * work, and it is told only by what comes into one of its queues that was empty or is full. Where all carriers are held,
 * none is empty for long: so one is filled.
 *
 * <p><b>Threads:</b> any.
 */
public final class Carriers {
    /**
     * The most that are lent; one more call, and the container is sick. As many calls that do not end, and the first nodes
     * get a thirty-third of a processor each: slow, but they go on.
     */
    public static final int MOST = 32;

    /** At a time: more than a queue has room for at first; it doubles whenever it is full. */
    private static final int PRODS = 256;

    /** All that wait at a time. */
    private static final int MOST_PRODS = 1 << 14;

    private int lent;
    private int waiting;

    /** Since one was lent a carrier had nothing better to do. Volatile: the virtual threads that show it write it. */
    private volatile boolean taken = true;

    /** One more; false at the limit. */
    public synchronized boolean lend() {
        if (lent == MOST) {
            return false;
        }
        shift(1);
        lent++;
        taken = false;
        waiting = 0;
        prod();
        return true;
    }

    /** Sees to it that the last one that was lent is there; to be called again and again while some are. */
    public synchronized void prod() {
        VirtualThreadSchedulerMXBean scheduler = scheduler();
        int before = scheduler.getPoolSize();
        for (int i = 0; i < PRODS && !taken && waiting < MOST_PRODS && scheduler.getPoolSize() == before; i++) {
            Thread.startVirtualThread(() -> taken = true);
            waiting++;
        }
    }

    /** One less: the call has ended. */
    public synchronized void giveBack() {
        shift(-1);
        lent--;
    }

    private static void shift(int by) {
        scheduler().setParallelism(scheduler().getParallelism() + by);
    }

    private static VirtualThreadSchedulerMXBean scheduler() {
        return ManagementFactory.getPlatformMXBean(VirtualThreadSchedulerMXBean.class);
    }
}

package ioverlay.io.threads;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The threads of one node: named after their work, ended with the node.
 *
 * <p><b>Threads:</b> any.
 */
public final class Threads {
    private final String node;
    private final Set<Thread> running = ConcurrentHashMap.newKeySet();
    private final Object lock = new Object();
    private boolean closed;

    /** No threads yet, of the node with this name. */
    public Threads(String node) {
        this.node = node;
    }

    /** Starts the work on a virtual thread; false if the node is closed. */
    public boolean start(String name, Runnable work) {
        return start(Thread.ofVirtual(), name, work);
    }

    /** The same on a platform thread, for work that is not ours and may hold its carrier. */
    public boolean startForeign(String name, Runnable work) {
        return start(Thread.ofPlatform().daemon(), name, work);
    }

    private boolean start(Thread.Builder kind, String name, Runnable work) {
        Thread thread = kind.name("overlay-" + node + "-" + name).unstarted(() -> {
            try {
                work.run();
            } finally {
                running.remove(Thread.currentThread());
            }
        });
        synchronized (lock) { // with close: a thread is joined only once it has started
            if (closed) {
                return false;
            }
            running.add(thread);
            thread.start();
            return true;
        }
    }

    /** Nobody waits for it any more. */
    public void leaveBehind(Thread thread) {
        running.remove(thread);
    }

    /** How many run. */
    public int count() {
        return running.size();
    }

    /** Interrupts all and waits for them; how many did not end in time. */
    public int close(long timeoutMs) throws InterruptedException {
        synchronized (lock) {
            closed = true;
        }
        running.forEach(Thread::interrupt);
        long deadline = System.nanoTime() + Duration.ofMillis(timeoutMs).toNanos();
        int left = 0; // the size of a concurrent set lags behind what leaves it
        for (Thread thread : List.copyOf(running)) {
            long leftMs = Math.max(1, (deadline - System.nanoTime()) / 1_000_000);
            if (thread != Thread.currentThread() && thread.join(Duration.ofMillis(leftMs))) {
                running.remove(thread);
            } else {
                left++;
            }
        }
        return left;
    }
}

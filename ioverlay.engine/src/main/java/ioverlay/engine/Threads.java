package ioverlay.engine;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * The threads of one node: named after their work, ended with the node.
 *
 * <p><b>Threads:</b> any.
 */
final class Threads {
    private final String node;
    private final Set<Thread> running = ConcurrentHashMap.newKeySet();
    private final AtomicBoolean closed = new AtomicBoolean();

    Threads(String node) {
        this.node = node;
    }

    /** Starts the work on a virtual thread, unless the node is closed. */
    void start(String name, Runnable work) {
        start(Thread.ofVirtual(), name, work);
    }

    /** The same on a platform thread, for work that is not ours and may hold its carrier. */
    void startForeign(String name, Runnable work) {
        start(Thread.ofPlatform().daemon(), name, work);
    }

    private void start(Thread.Builder kind, String name, Runnable work) {
        Thread thread = kind.name("overlay-" + node + "-" + name).unstarted(() -> {
            try {
                work.run();
            } finally {
                running.remove(Thread.currentThread());
            }
        });
        running.add(thread);
        if (closed.get()) {
            running.remove(thread);
        } else {
            thread.start();
        }
    }

    int count() {
        return running.size();
    }

    /** Interrupts all and waits for them; how many did not end in time. */
    int close(long timeoutMs) throws InterruptedException {
        closed.set(true);
        running.forEach(Thread::interrupt);
        long deadline = System.nanoTime() + Duration.ofMillis(timeoutMs).toNanos();
        for (Thread thread : List.copyOf(running)) {
            long leftMs = Math.max(1, (deadline - System.nanoTime()) / 1_000_000);
            if (thread != Thread.currentThread() && thread.join(Duration.ofMillis(leftMs))) {
                running.remove(thread);
            }
        }
        return running.size();
    }
}

package ioverlay.agent;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;

/**
 * Has commands done, on virtual threads: so many at a time, and those of one lane one after the other.
 *
 * <p><b>Threads:</b> any.
 */
final class Work implements AutoCloseable {
    /** The most that are done at a time. */
    static final int MOST_AT_A_TIME = 64;

    /** The most that are being done or wait for their turn. */
    static final int MOST_TAKEN = 1024;

    private static final Logger LOG = System.getLogger(Work.class.getName());

    private final Semaphore running = new Semaphore(MOST_AT_A_TIME);
    private final Semaphore taken = new Semaphore(MOST_TAKEN);
    private final Map<String, Deque<Runnable>> lanes = new HashMap<>();
    private final ExecutorService threads = Executors.newThreadPerTaskExecutor(
            Thread.ofVirtual().name("overlay-agent-work-", 0).factory());

    /** Has it done as soon as there is room; false if too much is under way. It does not throw. */
    boolean take(Runnable deed) {
        return admitted(() -> run(() -> limited(deed)));
    }

    /** The same, after all that this lane has taken before. */
    boolean take(String lane, Runnable deed) {
        return admitted(() -> {
            synchronized (lanes) {
                Deque<Runnable> waiting = lanes.get(lane);
                if (waiting != null) {
                    waiting.add(deed);
                    return;
                }
                lanes.put(lane, new ArrayDeque<>());
            }
            run(() -> follow(lane, deed));
        });
    }

    private void follow(String lane, Runnable first) {
        for (Optional<Runnable> next = Optional.of(first); next.isPresent(); next = after(lane)) {
            limited(next.get());
        }
    }

    private Optional<Runnable> after(String lane) {
        synchronized (lanes) {
            Deque<Runnable> waiting = lanes.get(lane);
            if (waiting == null || waiting.isEmpty()) {
                lanes.remove(lane);
                return Optional.empty();
            }
            return Optional.of(waiting.remove());
        }
    }

    private boolean admitted(Runnable begin) {
        if (!taken.tryAcquire()) {
            return false;
        }
        begin.run();
        return true;
    }

    private void limited(Runnable deed) {
        try {
            running.acquire();
            try {
                deed.run();
            } finally {
                running.release();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // the agent closes: nobody waits for the answer any more
        } finally {
            taken.release();
        }
    }

    /** Has something done that is no command and bounded otherwise; not any more once this is closed. */
    void run(Runnable deed) {
        try {
            threads.execute(deed);
        } catch (RejectedExecutionException e) {
            LOG.log(Level.DEBUG, "the agent has closed, and nobody waits for what is not done");
        }
    }

    /** Interrupts what is under way. Idempotent. */
    @Override
    public void close() {
        threads.shutdownNow();
    }
}

package ioverlay.container;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Iterator;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * Runs jobs: one at a time and in order per node, {@value #MAX_RUNNING} at a time in all, each on a platform thread of
 * its own ({@code overlay-job-NODE}), since a virtual thread could be starved by the nodes it works on. A job that does
 * not end is given up after a time limit; its thread is left behind, and the next job goes on.
 *
 * <p><b>Threads:</b> any.
 */
final class Steward implements AutoCloseable {
    /** Jobs at the same time. */
    static final int MAX_RUNNING = 4;

    /** Jobs that wait. */
    static final int MAX_WAITING = 1024;

    /** How long closing waits for what runs. */
    static final long CLOSE_LIMIT_MS = 1_000;

    private static final Logger LOG = System.getLogger(Steward.class.getName());

    private final Duration limit;
    private final Deque<Job> waiting = new ArrayDeque<>();
    private final Set<String> busy = new HashSet<>();
    private final Set<Job> running = new HashSet<>();
    private boolean closed;

    /** Gives each job that time. */
    Steward(Duration limit) {
        this.limit = limit;
    }

    /** Takes a job; if there is no room, or this is closed, abandons it at once. */
    void submit(Job job) {
        String refusal = add(job);
        if (refusal.isEmpty()) {
            startWhatCan();
        } else {
            job.abandon(refusal);
        }
    }

    private synchronized String add(Job job) {
        if (closed) {
            return "the container is closing";
        }
        if (waiting.size() == MAX_WAITING) {
            return "at most " + MAX_WAITING + " jobs may wait, and as many do";
        }
        waiting.addLast(job);
        return "";
    }

    private synchronized void startWhatCan() {
        Iterator<Job> jobs = waiting.iterator();
        while (running.size() < MAX_RUNNING && jobs.hasNext()) {
            Job job = jobs.next();
            if (busy.add(job.node())) {
                jobs.remove();
                running.add(job);
                Thread.ofVirtual().name("overlay-steward-" + job.node()).start(() -> oversee(job));
            }
        }
    }

    private void oversee(Job job) {
        Thread worker =
                Thread.ofPlatform().daemon().name("overlay-job-" + job.node()).start(job);
        try {
            if (!worker.join(limit) && job.abandon("it did not end within " + limit.toMillis() + " ms")) {
                LOG.log(
                        Level.WARNING,
                        "{0} did not end within {1} ms and is left behind",
                        worker.getName(),
                        limit.toMillis());
                worker.interrupt();
            } else {
                worker.join(limit);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            ended(job);
            startWhatCan();
        }
    }

    private synchronized void ended(Job job) {
        running.remove(job);
        busy.remove(job.node());
        notifyAll();
    }

    /** Abandons what waits and what can still be abandoned, then waits for the rest, at most {@value #CLOSE_LIMIT_MS} ms. */
    @Override
    public void close() {
        Set<Job> abandoned;
        synchronized (this) {
            closed = true;
            abandoned = new HashSet<>(waiting);
            abandoned.addAll(running);
            waiting.clear();
        }
        abandoned.forEach(job -> job.abandon("the container is closing"));
        awaitRunning();
    }

    private synchronized void awaitRunning() {
        long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(CLOSE_LIMIT_MS);
        try {
            while (!running.isEmpty() && deadline - System.nanoTime() > 0) {
                wait(Math.max(1, TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime())));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}

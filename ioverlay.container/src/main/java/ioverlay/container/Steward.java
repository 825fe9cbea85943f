package ioverlay.container;

import ioverlay.api.woven.Cancellation;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Iterator;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * Runs jobs: one at a time and in order per node, a few at a time in all, each on a platform thread of its own
 * ({@code overlay-job-NODE}), since a virtual thread could be starved by the nodes it works on. A job that does not end is
 * given up after a time limit, its thread interrupted, then cancelled in the foreign code it is in; the next job goes on
 * all the same.
 *
 * <p><b>Threads:</b> any.
 */
final class Steward implements AutoCloseable {
    /** Jobs at the same time, unless told otherwise. */
    static final int MAX_RUNNING = 4;

    /** Jobs that wait. */
    static final int MAX_WAITING = 1024;

    /** How long closing waits for what runs. */
    static final long CLOSE_LIMIT_MS = 1_000;

    /** How long an interrupt has to end a job that was given up, before it is cancelled. */
    private static final Duration INTERRUPTED = Duration.ofMillis(200);

    /** How long a cancellation is kept up. */
    private static final Duration CANCELLED = Duration.ofMinutes(10);

    private static final Logger LOG = System.getLogger(Steward.class.getName());

    private final Duration limit;
    private final int atOnce;
    private final Deque<Job> waiting = new ArrayDeque<>();
    private final Set<String> busy = new HashSet<>();
    private final Set<Job> running = new HashSet<>();
    private boolean closed;

    /** Gives each job that time. */
    Steward(Duration limit) {
        this(limit, MAX_RUNNING);
    }

    /** Gives each job that time, and runs so many at once. */
    Steward(Duration limit, int atOnce) {
        this.limit = limit;
        this.atOnce = atOnce;
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
        while (running.size() < atOnce && jobs.hasNext()) {
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
        boolean left = false;
        try {
            if (!worker.join(limit)) {
                // a job that cannot be abandoned any more has as long again, for what is bounded in itself
                left = job.abandon("it did not end within " + limit.toMillis() + " ms") || !worker.join(limit);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            ended(job);
            startWhatCan();
        }
        if (left) {
            leave(worker, job.code());
        }
    }

    private void leave(Thread worker, Optional<ClassLoader> code) {
        LOG.log(Level.WARNING, "{0} did not end within {1} ms and is left behind", worker.getName(), limit.toMillis());
        worker.interrupt();
        try {
            if (!worker.join(INTERRUPTED) && code.isPresent()) {
                cancel(worker, code.get());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void cancel(Thread worker, ClassLoader code) throws InterruptedException {
        try (Cancellation cancellation = Cancellation.begin(worker, code)) {
            LOG.log(Level.DEBUG, "{0}: {1}", worker.getName(), cancellation);
            if (!worker.join(CANCELLED)) {
                LOG.log(Level.WARNING, "{0} cannot be cancelled and is given up", worker.getName());
            }
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

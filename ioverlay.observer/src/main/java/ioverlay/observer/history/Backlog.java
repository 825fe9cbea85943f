package ioverlay.observer.history;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * What waits to be written: at most {@value #MOST} tasks, and no more once they hold {@value #MOST_BYTES} bytes.
 *
 * <p><b>Threads:</b> any gives, the writer takes.
 */
final class Backlog {
    static final int MOST = 20_000;
    static final long MOST_BYTES = 32 << 20;
    static final int MOST_IN_A_BATCH = 2_000;

    private final Deque<Task> waiting = new ArrayDeque<>();
    private long bytes;
    private boolean closed;

    /** Takes it in, if there is room. */
    synchronized boolean offer(Task task) {
        if (closed || waiting.size() >= MOST || bytes >= MOST_BYTES) {
            return false;
        }
        bytes += task.bytes();
        waiting.add(task);
        notifyAll();
        return true;
    }

    /** Takes it in as soon as there is room; false if there was none for so long. */
    synchronized boolean offer(Task task, long limitMs) throws InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(limitMs);
        while (!offer(task)) {
            long left = leftMs(deadline);
            if (closed || left <= 0) {
                return false;
            }
            wait(left);
        }
        return true;
    }

    /** What is to be written together, in order; a durable task is the last. Empty if nothing came for so long. */
    synchronized List<Task> next(long limitMs) throws InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(limitMs);
        for (long left = limitMs; waiting.isEmpty() && !closed && left > 0; left = leftMs(deadline)) {
            wait(left);
        }
        List<Task> batch = new ArrayList<>();
        while (!waiting.isEmpty() && batch.size() < MOST_IN_A_BATCH) {
            Task task = waiting.remove();
            bytes -= task.bytes();
            batch.add(task);
            if (task.isDurable()) {
                break;
            }
        }
        notifyAll();
        return batch;
    }

    /** Those that somebody waits for, taken out. */
    synchronized List<Task> awaited() {
        List<Task> awaited = new ArrayList<>();
        for (Task task : waiting) {
            if (task.isAwaited()) {
                bytes -= task.bytes();
                awaited.add(task);
            }
        }
        waiting.removeIf(Task::isAwaited);
        notifyAll();
        return awaited;
    }

    /** Waits for so long, or until it is closed. */
    synchronized void pause(long ms) throws InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(ms);
        for (long left = ms; left > 0 && !closed; left = leftMs(deadline)) {
            wait(left);
        }
    }

    private static long leftMs(long deadline) {
        return TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
    }

    /** Nothing is taken in any more; what waits is still there to be taken out. */
    synchronized void close() {
        closed = true;
        notifyAll();
    }

    synchronized boolean isClosed() {
        return closed;
    }

    synchronized boolean isEmpty() {
        return waiting.isEmpty();
    }
}

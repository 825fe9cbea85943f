package ioverlay.observer.history;

import ioverlay.observer.history.Task.Work;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Writes, in batches. When the disk does not take it, it opens the database again, with pauses that grow from 0.1 s to 10 s, until
 * it does: then what must not be there is taken back first, and what may have been lost of the last second is written again.
 *
 * <p><b>Threads:</b> its own, {@code overlay-history}, writes; any may ask.
 */
final class Writer {
    private static final Logger LOG = System.getLogger(Writer.class.getName());

    private static final long CHECKPOINT_EVERY_NS = TimeUnit.SECONDS.toNanos(1);
    private static final long IDLE_MS = 200;

    private final HistoryFile file;
    private final Backlog backlog;
    private final AtomicLong dropped;
    private final Thread thread;
    private Connection connection;
    /** Committed, and not yet in the file for certain. */
    private final List<Task> unsafe = new ArrayList<>();

    private long checkpointNs = System.nanoTime();
    private volatile @Nullable HistoryException down; // set by the writer, read by who would wait for it
    private volatile boolean owing; // likewise

    Writer(HistoryFile file, Backlog backlog, AtomicLong dropped) {
        this.file = file;
        this.backlog = backlog;
        this.dropped = dropped;
        connection = file.open();
        thread = Thread.ofPlatform().daemon().name("overlay-history").start(this::write);
    }

    /** Why nothing can be written now; null if it can. */
    @Nullable HistoryException down() {
        return down;
    }

    /** Whether something that was said not to be written may still be in the file. */
    boolean isOwing() {
        return owing;
    }

    private void write() {
        try {
            while (!backlog.isClosed() || !backlog.isEmpty()) {
                List<Task> batch = backlog.next(IDLE_MS);
                batch.removeIf(task -> !task.begin());
                try {
                    run(batch);
                } catch (SQLException | RuntimeException e) {
                    sitOut(e, batch);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            file.close(connection);
        }
    }

    /** One transaction for all: a commit costs as much as a hundred rows. */
    private void run(List<Task> batch) throws SQLException {
        List<Task> done = new ArrayList<>();
        for (Task task : batch) {
            if (did(task)) {
                done.add(task);
            }
        }
        boolean durable = done.stream().anyMatch(Task::isDurable);
        if (!done.isEmpty()) {
            connection.commit();
            unsafe.addAll(done);
        }
        if (durable) {
            checkpoint("CHECKPOINT SYNC");
        } else if (!unsafe.isEmpty()
                && (unsafe.size() >= Backlog.MOST_IN_A_BATCH
                        || System.nanoTime() - checkpointNs > CHECKPOINT_EVERY_NS)) {
            checkpoint("CHECKPOINT");
        }
        for (Task task : done) {
            if (!task.succeed()) {
                takeBack(task);
            }
        }
    }

    /** Boundary: one thing that cannot be written is told to who waits for it and counted; the next may work. */
    private boolean did(Task task) throws SQLException {
        try {
            task.run(connection);
            return true;
        } catch (SQLException e) {
            if (Outage.isBehind(e)) {
                throw e;
            }
            refuse(task, e);
        } catch (RuntimeException e) {
            refuse(task, e);
        }
        return false;
    }

    private void refuse(Task task, Exception why) {
        LOG.log(Level.WARNING, "something was not written into the history", why);
        dropped.incrementAndGet();
        task.fail(why);
    }

    /** Whoever waited for it has been told that it is not written. */
    private void takeBack(Task task) throws SQLException {
        Work<?> undo = task.undo();
        if (undo != null) {
            undo.with(connection);
            connection.commit();
            checkpoint("CHECKPOINT SYNC");
        }
    }

    private void checkpoint(String how) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(how);
        }
        unsafe.clear();
        checkpointNs = System.nanoTime();
    }

    /** Until it can be written again, or the history is closed. */
    private void sitOut(Exception why, List<Task> batch) throws InterruptedException {
        HistoryException said = new HistoryException("the history cannot be written: " + Outage.reason(why), why);
        long before = dropped.get();
        Outage outage = new Outage();
        outage.again(unsafe);
        unsafe.clear();
        outage.again(batch);
        down = said;
        for (Task task : batch) {
            if (task.isAwaited()) {
                owe(outage, task);
                task.fail(said);
            }
        }
        LOG.log(
                Level.WARNING,
                "{0}; it is tried again until it can, and what does not fit into the memory meanwhile is dropped",
                said.getMessage());
        boolean back;
        do {
            backlog.awaited().forEach(task -> task.fail(said));
            backlog.pause(outage.pauseMs());
            back = isBack(outage);
        } while (!back && !backlog.isClosed());
        down = null;
        if (back) {
            LOG.log(
                    Level.INFO,
                    "the history is written again, after {0} s; {1} samples and lines were dropped",
                    String.format(Locale.ROOT, "%.1f", outage.seconds()),
                    dropped.get() - before);
        } else {
            abandon(outage);
        }
    }

    private void owe(Outage outage, Task task) {
        Work<?> undo = task.undo();
        if (task.isDurable() && undo != null) {
            outage.owe(undo);
            owing = true;
        }
    }

    private boolean isBack(Outage outage) {
        try {
            closeQuietly();
            connection = file.open();
            for (Work<?> undo : outage.owed()) {
                undo.with(connection);
            }
            probe();
            outage.settled();
            owing = false;
        } catch (SQLException | RuntimeException e) {
            LOG.log(Level.DEBUG, "the history still cannot be written", e);
            return false;
        }
        try {
            for (Task task : outage.again()) {
                did(task);
            }
            connection.commit();
            checkpoint("CHECKPOINT SYNC");
            return true;
        } catch (SQLException | RuntimeException e) {
            LOG.log(Level.DEBUG, "the history takes little, and not all that waits", e);
            dropped.addAndGet(outage.failedAgain());
            return false;
        }
    }

    /** A commit of nothing would not touch the disk. */
    private void probe() throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(
                    "MERGE INTO counter (name, amount) KEY (name) VALUES ('probe', " + System.nanoTime() + ")");
        }
        connection.commit();
        checkpoint("CHECKPOINT SYNC");
    }

    private void closeQuietly() {
        try {
            connection.close();
        } catch (SQLException e) {
            LOG.log(Level.DEBUG, "what is broken does not close", e);
        }
    }

    /** The history is closed before it could be written again. */
    private void abandon(Outage outage) throws InterruptedException {
        long lost = outage.again().size();
        while (!backlog.isEmpty()) {
            List<Task> rest = backlog.next(0);
            rest.forEach(task -> task.fail(new HistoryException("the history is closed")));
            lost += rest.size();
        }
        dropped.addAndGet(lost);
        LOG.log(
                Level.WARNING,
                "the history is closed though it cannot be written: {0} samples and lines are lost",
                lost);
    }

    /** Waits until all is written and the file is closed, for at most so long. */
    boolean join(long limitMs) throws InterruptedException {
        return thread.join(Duration.ofMillis(limitMs));
    }
}

package ioverlay.observer.history;

import ioverlay.observer.history.Task.Change;
import ioverlay.observer.history.Task.Work;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The database of the history: a {@link Writer} behind a {@link Backlog}, and {@link Readers}, of one {@link HistoryFile}.
 *
 * <p><b>Threads:</b> any.
 */
final class Database implements AutoCloseable {
    private static final Logger LOG = System.getLogger(Database.class.getName());
    private static final long LIMIT_MS = TimeUnit.SECONDS.toMillis(Documents.LIMIT_S);

    private final AtomicLong dropped = new AtomicLong();
    private final Backlog backlog = new Backlog();
    private final Readers readers;
    private final Writer writer;
    private final long limitMs;

    /**
     * Opens it, makes it if it is not there, and brings it up to the newest schema.
     *
     * @param file without its ending {@code .mv.db}
     * @throws HistoryException if another process has it, if it is of a newer iOverlay, or if the disk refuses
     */
    Database(Path file) {
        this("file:", file, LIMIT_MS);
    }

    /** With a file system of H2, and a limit for each wait. */
    Database(String scheme, Path file, long limitMs) {
        this.limitMs = limitMs;
        HistoryFile opened = new HistoryFile(scheme, file);
        readers = new Readers(opened);
        try {
            writer = new Writer(opened, backlog, dropped);
        } catch (RuntimeException e) {
            opened.release(); // else nobody could open it again
            throw e;
        }
    }

    /**
     * Reads.
     *
     * @throws HistoryException if it cannot be read or takes longer than {@value Documents#LIMIT_S} s
     */
    <T> T read(Work<T> work) {
        return readers.read(work);
    }

    /**
     * Reads what {@link #writeNow} writes.
     *
     * @throws HistoryException also as long as something may be there that was said not to be written
     */
    <T> T readSettled(Work<T> work) {
        if (writer.isOwing()) {
            throw new HistoryException("the history cannot be written, and a document is to be taken back first");
        }
        return read(work);
    }

    /**
     * Writes soon, and after a failure once more; if too much waits it is dropped, counted, and false.
     *
     * @param bytes about as many as it holds in memory
     */
    boolean write(long bytes, Work<?> work) {
        if (backlog.isClosed()) {
            return false;
        }
        boolean taken = backlog.offer(Task.soon(work, bytes));
        if (!taken && dropped.getAndIncrement() == 0 && writer.down() == null) {
            LOG.log(Level.WARNING, "the history cannot keep up: samples or lines of the log are dropped");
        }
        return taken;
    }

    /**
     * Writes after all that waits, and returns when it is on the disk.
     *
     * @throws HistoryException if it was not written; it will not be there later either, unless the process ends before the
     *     disk can be written again
     */
    void writeNow(long bytes, Change change) {
        submit(Task.durable(change, bytes));
    }

    /** Returns when all that was given before is written, so that a read sees it; at once if nothing can be written. */
    void flush() {
        if (writer.down() == null) {
            try {
                submit(Task.mark());
            } catch (HistoryException e) {
                if (writer.down() == null) {
                    throw e;
                }
            }
        }
    }

    private void submit(Task task) {
        HistoryException down = writer.down();
        if (down != null) {
            throw new HistoryException(String.valueOf(down.getMessage()), down);
        }
        try {
            if (!backlog.offer(task, limitMs)) {
                throw new HistoryException("the history is " + (backlog.isClosed() ? "closed" : "too busy"));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new HistoryException("interrupted while waiting for the history", e);
        }
        task.await(limitMs);
    }

    /** What did not fit, or could not be written, since it was opened. */
    long dropped() {
        return dropped.get();
    }

    /** Writes what waits, and closes the file; idempotent. Waits at most 35 s. */
    @Override
    public void close() {
        backlog.close();
        readers.close();
        try {
            if (!writer.join(LIMIT_MS)) {
                LOG.log(Level.WARNING, "the history does not close within {0} s", Documents.LIMIT_S);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}

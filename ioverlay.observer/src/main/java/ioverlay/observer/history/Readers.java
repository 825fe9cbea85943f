package ioverlay.observer.history;

import ioverlay.observer.history.Task.Work;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Who reads: {@value #MOST} at once, each on a virtual thread and a connection of its own. A caller that is interrupted would
 * otherwise close the file under everybody's feet (that is what a FileChannel does).
 *
 * <p>A question takes at most {@value #QUERY_LIMIT_S} s. While it is answered H2 keeps what others delete, and no longer.
 */
final class Readers {
    private static final int MOST = 8;
    private static final int QUERY_LIMIT_S = 20;
    private static final int CLOSE_LIMIT_S = 5;
    private static final int TRIES = 3;
    private static final long BETWEEN_TRIES_MS = 150;

    private final HistoryFile file;
    private final Semaphore places = new Semaphore(MOST);
    private volatile boolean closed; // set by who closes, read by who comes late

    Readers(HistoryFile file) {
        this.file = file;
    }

    /**
     * Reads.
     *
     * @throws HistoryException if it cannot be read or takes longer than {@value Documents#LIMIT_S} s
     */
    <T> T read(Work<T> work) {
        CompletableFuture<T> done = new CompletableFuture<>();
        try {
            if (!places.tryAcquire(Documents.LIMIT_S, TimeUnit.SECONDS)) {
                throw new HistoryException("the history is too busy: " + MOST + " questions are being answered");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new HistoryException("interrupted while waiting for the history", e);
        }
        Thread.ofVirtual().name("overlay-history-read").start(() -> {
            try {
                done.complete(answer(work));
            } catch (SQLException | RuntimeException e) {
                done.completeExceptionally(e);
            } catch (InterruptedException e) {
                done.completeExceptionally(e);
                Thread.currentThread().interrupt();
            } finally {
                places.release();
            }
        });
        return await(done);
    }

    /** A writer that met a full disk leaves H2 closed until it has opened it again: a moment later there may be an answer. */
    private <T> T answer(Work<T> work) throws SQLException, InterruptedException {
        for (int tried = 1; ; tried++) {
            if (closed) {
                throw new HistoryException("the history is closed");
            }
            try (Connection reading = file.connect();
                    Statement limit = reading.createStatement()) {
                limit.execute("SET QUERY_TIMEOUT " + TimeUnit.SECONDS.toMillis(QUERY_LIMIT_S));
                return work.with(reading);
            } catch (SQLException e) {
                if (tried == TRIES || !Outage.isBehind(e)) {
                    throw e;
                }
            }
            TimeUnit.MILLISECONDS.sleep(BETWEEN_TRIES_MS);
        }
    }

    private static <T> T await(CompletableFuture<T> done) {
        try {
            return done.get(Documents.LIMIT_S, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new HistoryException("interrupted while waiting for the history", e);
        } catch (ExecutionException e) {
            throw new HistoryException("the history could not be read: " + e.getCause(), e.getCause());
        } catch (TimeoutException e) {
            throw new HistoryException("the history could not be read within " + Documents.LIMIT_S + " s", e);
        }
    }

    /** Nobody reads any more; waits {@value #CLOSE_LIMIT_S} s for those who do. */
    void close() {
        closed = true;
        try {
            if (places.tryAcquire(MOST, CLOSE_LIMIT_S, TimeUnit.SECONDS)) {
                places.release(MOST);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}

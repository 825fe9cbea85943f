package ioverlay.observer.history;

import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import org.h2.api.ErrorCode;
import org.h2.jdbcx.JdbcDataSource;

/**
 * The H2 database in one file, in this process alone: no server of its own is ever started.
 *
 * <p><b>Threads:</b> any. One thread, {@code overlay-history}, writes, in batches; what is to be written waits in a queue of
 * {@value #MOST_WAITING}, and what does not fit is dropped and counted. Each read, of which there are at most {@value #MOST_READERS} at
 * once, has a virtual thread of its own: a caller
 * that is interrupted would otherwise close the file under everybody's feet (that is what a FileChannel does).
 */
final class Database implements AutoCloseable {
    /** H2 writes its head twice, a block each, before the first chunk. */
    private static final long HEAD_BYTES = 3 * 4096;

    private static final Logger LOG = System.getLogger(Database.class.getName());

    /** Files that this process has open. */
    private static final Set<Path> OPEN = ConcurrentHashMap.newKeySet();

    private static final int MOST_WAITING = 20_000;
    private static final int MOST_IN_A_BATCH = 2_000;
    private static final int MOST_READERS = 8;
    private static final int QUERY_LIMIT_S = 20;

    private final Path file;
    private final JdbcDataSource source;
    private final BlockingQueue<Task<?>> waiting = new ArrayBlockingQueue<>(MOST_WAITING);
    private final Semaphore readers = new Semaphore(MOST_READERS);
    private final AtomicLong dropped = new AtomicLong();
    private final Connection connection;
    private final Thread writer;
    private volatile boolean closing; // set by who closes, read by the writer and by who comes late

    /** Something to do with a connection. */
    @FunctionalInterface
    interface Work<T> {
        /** Does it; commits and closes nothing but its own statements. */
        T with(Connection connection) throws SQLException;
    }

    /** Work and who waits for it. */
    private record Task<T>(Work<T> work, CompletableFuture<T> done, boolean durable) {
        /** Does it, and gives what tells its waiter once all of the batch is committed. */
        Runnable run(Connection connection) throws SQLException {
            T result = work.with(connection);
            return () -> done.complete(result);
        }
    }

    /**
     * Opens it, makes it if it is not there, and brings it up to the newest schema.
     *
     * @param file without its ending {@code .mv.db}
     * @throws HistoryException if another process has it, if it is of a newer iOverlay, or if the disk refuses
     */
    Database(Path file) {
        this.file = file.toAbsolutePath();
        source = new JdbcDataSource();
        source.setURL("jdbc:h2:file:" + file.toAbsolutePath().toString().replace(";", "\\;")
                + ";DB_CLOSE_ON_EXIT=FALSE;TRACE_LEVEL_FILE=0;TRACE_LEVEL_SYSTEM_OUT=0;CACHE_SIZE=8192");
        source.setUser("sa");
        source.setPassword("");
        connection = open(file);
        writer = Thread.ofPlatform().daemon().name("overlay-history").start(this::write);
    }

    private Connection open(Path file) {
        // H2 itself lets the same process in twice.
        if (!OPEN.add(file.toAbsolutePath())) {
            throw new HistoryException("the history " + file + " is open already, in this process");
        }
        try {
            return made(file);
        } catch (RuntimeException e) {
            OPEN.remove(file.toAbsolutePath());
            throw e;
        }
    }

    private Connection made(Path file) {
        try {
            return connect(file);
        } catch (SQLException e) {
            if (!isBroken(e, file)) {
                throw new HistoryException("the history " + file + " cannot be opened: " + e.getMessage(), e);
            }
            Path aside = aside(file);
            LOG.log(Level.WARNING, "the history {0} is broken: it lies in {1} now, and a new one begins", file, aside);
        }
        try {
            return connect(file);
        } catch (SQLException e) {
            throw new HistoryException("the history " + file + " cannot be made: " + e.getMessage(), e);
        }
    }

    /** Of a file that is shorter than its own head, as a kill at its birth may leave one, H2 says other things. */
    private static boolean isBroken(SQLException e, Path file) {
        if (e.getErrorCode() == ErrorCode.FILE_CORRUPTED_1) {
            return true;
        }
        try {
            return e.getErrorCode() != ErrorCode.DATABASE_ALREADY_OPEN_1
                    && Files.size(file.resolveSibling(file.getFileName() + ".mv.db")) < HEAD_BYTES;
        } catch (IOException unseen) {
            return false; // it is not there, so it is not broken
        }
    }

    private Connection connect(Path file) throws SQLException {
        Connection made = source.getConnection();
        try {
            Schema.renew(made, file);
            made.setAutoCommit(false);
            return made;
        } catch (SQLException | RuntimeException e) {
            made.close();
            throw e;
        }
    }

    private static Path aside(Path file) {
        Path broken = file.resolveSibling(file.getFileName() + ".mv.db");
        Path aside = file.resolveSibling(file.getFileName() + "-broken-" + System.currentTimeMillis() + ".mv.db");
        try {
            return Files.move(broken, aside);
        } catch (IOException e) {
            throw new HistoryException("the history " + file + " is broken and cannot be put aside: " + e, e);
        }
    }

    /**
     * Reads.
     *
     * @throws HistoryException if it cannot be read or takes longer than {@value Documents#LIMIT_S} s
     */
    <T> T read(Work<T> work) {
        CompletableFuture<T> done = new CompletableFuture<>();
        try {
            if (!readers.tryAcquire(Documents.LIMIT_S, TimeUnit.SECONDS)) {
                throw new HistoryException(
                        "the history is too busy: " + MOST_READERS + " questions are being answered");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new HistoryException("interrupted while waiting for the history", e);
        }
        Thread.ofVirtual().name("overlay-history-read").start(() -> {
            try (Connection reading = source.getConnection();
                    Statement limit = reading.createStatement()) {
                limit.execute("SET QUERY_TIMEOUT " + TimeUnit.SECONDS.toMillis(QUERY_LIMIT_S));
                done.complete(work.with(reading));
            } catch (SQLException | RuntimeException e) {
                done.completeExceptionally(e);
            } finally {
                readers.release();
            }
        });
        return await(done, "read");
    }

    /** Writes soon; if too much waits it is dropped, counted, and false. */
    boolean write(Work<?> work) {
        if (closing) {
            return false;
        }
        boolean taken = waiting.offer(new Task<>(work, new CompletableFuture<>(), false));
        if (!taken && dropped.getAndIncrement() == 0) {
            LOG.log(Level.WARNING, "the history cannot keep up: samples or lines of the log are dropped");
        }
        return taken;
    }

    /**
     * Writes after all that waits, and returns when it is on the disk.
     *
     * @throws HistoryException if it was not written
     */
    <T> T writeNow(Work<T> work) {
        return submit(work, true);
    }

    /** Returns when all that was given before is written, so that a read sees it. */
    void flush() {
        submit(reading -> true, false);
    }

    private <T> T submit(Work<T> work, boolean durable) {
        CompletableFuture<T> done = new CompletableFuture<>();
        try {
            if (closing || !waiting.offer(new Task<>(work, done, durable), Documents.LIMIT_S, TimeUnit.SECONDS)) {
                throw new HistoryException("the history is " + (closing ? "closed" : "too busy"));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new HistoryException("interrupted while waiting for the history", e);
        }
        return await(done, "written");
    }

    private static <T> T await(CompletableFuture<T> done, String what) {
        try {
            return done.get(Documents.LIMIT_S, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new HistoryException("interrupted while waiting for the history", e);
        } catch (ExecutionException e) {
            throw new HistoryException("the history could not be " + what + ": " + e.getCause(), e.getCause());
        } catch (TimeoutException e) {
            throw new HistoryException("the history could not be " + what + " within " + Documents.LIMIT_S + " s", e);
        }
    }

    /** What did not fit into the queue since it was opened. */
    long dropped() {
        return dropped.get();
    }

    private void write() {
        List<Task<?>> batch = new ArrayList<>();
        try {
            while (!closing || !waiting.isEmpty()) {
                Task<?> first = waiting.poll(100, TimeUnit.MILLISECONDS);
                if (first != null) {
                    batch.add(first);
                    waiting.drainTo(batch, MOST_IN_A_BATCH);
                    run(batch);
                    batch.clear();
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        try (connection;
                Statement shutdown = connection.createStatement()) {
            shutdown.execute("SHUTDOWN");
        } catch (SQLException e) {
            LOG.log(Level.WARNING, "the history was not closed in good order", e);
        } finally {
            OPEN.remove(file);
        }
    }

    /**
     * One transaction for all: a commit costs as much as a hundred rows. A statement that fails leaves nothing behind, so the
     * others of the batch stand.
     */
    private void run(List<Task<?>> batch) {
        List<Runnable> done = new ArrayList<>();
        for (Task<?> task : batch) {
            try {
                done.add(task.run(connection));
            } catch (SQLException | RuntimeException e) {
                // Boundary: one thing that cannot be written is told to who waits for it; the next may work.
                LOG.log(Level.WARNING, "something was not written into the history", e);
                task.done().completeExceptionally(e);
            }
        }
        try (Statement sync = connection.createStatement()) {
            connection.commit();
            if (batch.stream().anyMatch(Task::durable)) {
                sync.execute("CHECKPOINT SYNC");
            }
            done.forEach(Runnable::run);
        } catch (SQLException e) {
            LOG.log(Level.WARNING, "the history cannot write", e);
            batch.forEach(task -> task.done().completeExceptionally(e));
        }
    }

    /** Writes what waits, and closes the file; idempotent. Waits at most 30 s. */
    @Override
    public void close() {
        closing = true;
        try {
            if (!writer.join(Duration.ofSeconds(Documents.LIMIT_S))) {
                LOG.log(Level.WARNING, "the history does not close within {0} s", Documents.LIMIT_S);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        for (Task<?> late = waiting.poll(); late != null; late = waiting.poll()) {
            late.done().completeExceptionally(new HistoryException("the history is closed"));
        }
    }
}

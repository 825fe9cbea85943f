package ioverlay.observer.history;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Something that is to be written, and who waits for it, if anybody does.
 *
 * <p>It is waiting, then running, then ended. Who gives up while it waits takes it away: it is never run. Who gives up while it
 * runs disowns it: once it has ended it is taken back before anything else is written, so that nobody finds later what was said
 * not to be written.
 *
 * <p><b>Threads:</b> the writer runs it, any may wait for it or give it up.
 */
final class Task {
    private final Change change;
    private final boolean awaited;
    private final boolean durable;
    private final long bytes;
    private final CompletableFuture<Boolean> end = new CompletableFuture<>();
    private State state = State.WAITING;
    private @Nullable Work<?> undo; // of the writer alone

    private enum State {
        WAITING,
        RUNNING,
        DISOWNED,
        ENDED
    }

    /** Something to do with a connection, once or, after a failure, once more. */
    @FunctionalInterface
    interface Work<T> {
        /** Does it; commits and closes nothing but its own statements. */
        T with(Connection connection) throws SQLException;
    }

    /** Something to do that can be taken back. */
    @FunctionalInterface
    interface Change {
        /** Does it, and gives what brings back what was before. */
        Work<?> with(Connection connection) throws SQLException;
    }

    private Task(Change change, boolean awaited, boolean durable, long bytes) {
        this.change = change;
        this.awaited = awaited;
        this.durable = durable;
        this.bytes = bytes;
    }

    /** What nobody waits for, and is done again after a failure. */
    static Task soon(Work<?> work, long bytes) {
        return new Task(irrevocable(work), false, false, bytes);
    }

    /** What is to be on the disk when it ends. */
    static Task durable(Change change, long bytes) {
        return new Task(change, true, true, bytes);
    }

    /** Ends when all that came before it is committed. */
    static Task mark() {
        return new Task(irrevocable(connection -> true), true, false, 0);
    }

    /** Of what does no harm if it is there though it was said not to be. */
    static Change irrevocable(Work<?> work) {
        return connection -> {
            work.with(connection);
            return same -> true;
        };
    }

    boolean isAwaited() {
        return awaited;
    }

    boolean isDurable() {
        return durable;
    }

    /** About as much as it holds in memory. */
    long bytes() {
        return bytes;
    }

    /** Whether it is still wanted; from then on it is running. */
    synchronized boolean begin() {
        if (state == State.WAITING) {
            state = State.RUNNING;
        }
        return state == State.RUNNING;
    }

    /** Does it. */
    void run(Connection connection) throws SQLException {
        undo = change.with(connection);
    }

    /** What takes it back; null as long as it has done nothing. */
    @Nullable Work<?> undo() {
        return undo;
    }

    /** It is written; false if it is disowned, and must be taken back. */
    synchronized boolean succeed() {
        boolean wanted = state != State.DISOWNED;
        state = State.ENDED;
        end.complete(true);
        return wanted;
    }

    /** It is not written, and will not be. */
    synchronized void fail(Throwable why) {
        state = State.ENDED;
        end.completeExceptionally(why);
    }

    /** Whether it is said not to be written. */
    boolean hasFailed() {
        return end.isCompletedExceptionally();
    }

    /** Gives it up; whether it has not begun, so that it never will. */
    private synchronized boolean giveUp() {
        if (state == State.WAITING) {
            state = State.ENDED;
            return true;
        }
        return false;
    }

    /** False if it has ended in the last moment. */
    private synchronized boolean disown() {
        if (state == State.RUNNING) {
            state = State.DISOWNED;
        }
        return state == State.DISOWNED;
    }

    /**
     * Waits until it is written.
     *
     * @param limitMs for it to begin; once it has, as long again for it to end, interrupted or not
     * @throws HistoryException if it is not written, and will not be
     */
    void await(long limitMs) {
        HistoryException gaveUp;
        try {
            end.get(limitMs, TimeUnit.MILLISECONDS);
            return;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            gaveUp = new HistoryException("interrupted while waiting for the history", e);
        } catch (TimeoutException e) {
            gaveUp = new HistoryException("the history could not be written within " + limitMs / 1000 + " s", e);
        } catch (ExecutionException e) {
            throw notWritten(e);
        }
        if (giveUp() || (!endsWithin(limitMs) && disown())) {
            throw gaveUp;
        }
        try {
            end.join(); // it has ended
        } catch (RuntimeException e) {
            throw notWritten(e);
        }
    }

    /** What runs has an end soon, which is worth more to its caller than not to know. */
    private boolean endsWithin(long limitMs) {
        boolean interrupted = Thread.interrupted();
        try {
            long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(limitMs);
            while (!end.isDone()) {
                try {
                    end.get(Math.max(0, deadline - System.nanoTime()), TimeUnit.NANOSECONDS);
                } catch (InterruptedException e) {
                    interrupted = true;
                } catch (TimeoutException e) {
                    return false;
                } catch (ExecutionException e) {
                    return true;
                }
            }
            return true;
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private static HistoryException notWritten(Exception e) {
        Throwable why = e.getCause() == null ? e : e.getCause();
        return why instanceof HistoryException said
                ? new HistoryException(String.valueOf(said.getMessage()), said)
                : new HistoryException("the history could not be written: " + why, why);
    }
}

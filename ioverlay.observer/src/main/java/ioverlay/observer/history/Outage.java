package ioverlay.observer.history;

import ioverlay.observer.history.Task.Work;
import java.io.IOException;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * A time in which nothing can be written: a full disk, most often. H2 closes its database at the first write that fails, so
 * it has to be opened again; what is in the file can be read meanwhile.
 *
 * <p><b>Threads:</b> the writer's.
 */
final class Outage {
    /** Of what is written again when it can be: more tries than that, while others succeed, and it is itself what fails. */
    private static final int MOST_TRIES = 3;

    private static final int DEEPEST = 16;
    private static final long FIRST_PAUSE_MS = 100;
    private static final long LONGEST_PAUSE_MS = 10_000;

    private final long since = System.nanoTime();
    private final Deque<Work<?>> owed = new ArrayDeque<>();
    private final Set<Task> again = new LinkedHashSet<>(); // what was committed is also of the batch that failed
    private long pauseMs = FIRST_PAUSE_MS;
    private int tries;

    /** Whether it is H2 or the disk that fails, and not what was to be written. */
    static boolean isBehind(SQLException e) {
        String state = String.valueOf(e.getSQLState());
        // Of SQL: data that does not fit, constraints, a question that took too long.
        return !state.startsWith("22") && !state.startsWith("23") && !state.equals("57014");
    }

    /** What lies behind it, which H2 wraps many times: {@code No space left on device}. */
    static String reason(Exception e) {
        Throwable deepest = e;
        for (int depth = 0; depth < DEEPEST && deepest.getCause() != null; depth++) {
            deepest = deepest.getCause();
            if (deepest instanceof IOException) {
                break;
            }
        }
        String message = String.valueOf(deepest.getMessage());
        return message.isBlank() ? deepest.toString() : message;
    }

    /** What was or may have been done, and is to be taken back before anything else; the latest first. */
    void owe(Work<?> undo) {
        owed.addFirst(undo);
    }

    /** What may not be in the file though it was committed. */
    void again(List<Task> tasks) {
        tasks.stream().filter(task -> !task.isAwaited()).forEach(again::add);
    }

    List<Work<?>> owed() {
        return List.copyOf(owed);
    }

    /** What is to be done again, in order; what was refused for its own sake is not. */
    List<Task> again() {
        return again.stream().filter(task -> !task.hasFailed()).toList();
    }

    /** What was owed is taken back, on the disk. */
    void settled() {
        owed.clear();
    }

    /** The disk takes what is little, and not that: how many are given up, after some tries. */
    int failedAgain() {
        if (++tries < MOST_TRIES) {
            return 0;
        }
        int given = again().size();
        again.clear();
        return given;
    }

    /** How long to wait before the next try; longer each time. */
    long pauseMs() {
        long now = pauseMs;
        pauseMs = Math.min(2 * pauseMs, LONGEST_PAUSE_MS);
        return now;
    }

    /** How long it lasts. */
    double seconds() {
        return (System.nanoTime() - since) / 1e9;
    }
}

package ioverlay.io.shared;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * The timers of one slot. Each has one place in the slot's notices: it is due again only after it was delivered, and
 * periods missed meanwhile are counted.
 *
 * <p><b>Threads:</b> the turn; the clock only posts.
 */
public final class Timers {
    /** The most timers of one slot. */
    public static final int MAX_TIMERS = 1024;

    /** Called in the turn when a timer is due. */
    public interface Due {
        /** The timer with this id, after so many periods that nobody heard of. */
        void due(int id, int missed);
    }

    private static final class Timer {
        final int id;
        final long periodNs;
        long dueNs;
        Future<?> task;

        /** Its notice waits to be delivered. */
        boolean told;

        Timer(int id, long dueNs, long periodNs, Future<?> none) {
            this.id = id;
            this.dueNs = dueNs;
            this.periodNs = periodNs;
            this.task = none;
        }
    }

    private final LongSupplier elapsedNs;
    private final Consumer<Runnable> turn;
    private final Clock clock;
    private final Due due;
    private final Map<Integer, Timer> timers = new HashMap<>();

    /**
     * No timers yet.
     *
     * @param elapsedNs the time of the node, which the clock's delays are counted from
     * @param turn does what is posted in the node's turn, in order
     */
    public Timers(LongSupplier elapsedNs, Consumer<Runnable> turn, Clock clock, Due due) {
        this.elapsedNs = elapsedNs;
        this.turn = turn;
        this.clock = clock;
        this.due = due;
    }

    /** Sets or replaces; false if there are too many. */
    public boolean set(int id, long delayNs, long periodNs) {
        cancel(id);
        if (timers.size() == MAX_TIMERS) {
            return false;
        }
        Timer timer = new Timer(id, elapsedNs.getAsLong() + delayNs, periodNs, CompletableFuture.completedFuture(null));
        timers.put(id, timer);
        schedule(timer);
        return true;
    }

    private void schedule(Timer timer) {
        long delayNs = Math.max(0, timer.dueNs - elapsedNs.getAsLong());
        timer.task = clock.after(delayNs, () -> turn.accept(() -> fire(timer)));
    }

    private void fire(Timer timer) {
        if (timers.get(timer.id) != timer) {
            return; // replaced or cancelled meanwhile
        }
        int missed = 0;
        if (timer.periodNs > 0) {
            long lateNs = elapsedNs.getAsLong() - timer.dueNs;
            missed = (int) Math.min(Integer.MAX_VALUE, Math.max(0, lateNs / timer.periodNs));
            timer.dueNs += missed * timer.periodNs;
        }
        timer.told = true;
        due.due(timer.id, missed);
    }

    /** Whether the notice of this timer still counts: it was neither cancelled nor set anew. */
    public boolean isDue(int id) {
        Timer timer = timers.get(id);
        return timer != null && timer.told;
    }

    /** The notice was delivered: a timer with a period runs again, one without is gone. */
    public void delivered(int id) {
        Timer timer = timers.get(id);
        if (timer == null || !timer.told) {
            return; // cancelled, or set anew since it was due
        }
        timer.told = false;
        if (timer.periodNs == 0) {
            timers.remove(id);
        } else {
            timer.dueNs += timer.periodNs;
            schedule(timer);
        }
    }

    /** It never comes; nothing happens if there is none with this id. */
    public void cancel(int id) {
        Timer timer = timers.remove(id);
        if (timer != null) {
            timer.task.cancel(false);
        }
    }

    /** How many are set. */
    public int count() {
        return timers.size();
    }

    /** Cancels all. */
    public void clear() {
        timers.values().forEach(timer -> timer.task.cancel(false));
        timers.clear();
    }
}

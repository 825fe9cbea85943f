package ioverlay.engine;

import ioverlay.io.shared.Clock;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;

/**
 * The timers of one slot. Each has one place in the slot's notices: it is due again only after it was delivered, and
 * periods missed meanwhile are counted.
 *
 * <p><b>Threads:</b> the turn; the clock only posts.
 */
final class Timers {
    /** The most timers of one slot. */
    static final int MAX_TIMERS = 1024;

    /** Called in the turn when a timer is due. */
    interface Due {
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

    private final Switch node;
    private final Clock clock;
    private final Due due;
    private final Map<Integer, Timer> timers = new HashMap<>();

    Timers(Switch node, Clock clock, Due due) {
        this.node = node;
        this.clock = clock;
        this.due = due;
    }

    /** Sets or replaces; false if there are too many. */
    boolean set(int id, long delayNs, long periodNs) {
        cancel(id);
        if (timers.size() == MAX_TIMERS) {
            return false;
        }
        Timer timer = new Timer(id, node.elapsedNs() + delayNs, periodNs, CompletableFuture.completedFuture(null));
        timers.put(id, timer);
        schedule(timer);
        return true;
    }

    private void schedule(Timer timer) {
        long delayNs = Math.max(0, timer.dueNs - node.elapsedNs());
        timer.task = clock.after(delayNs, () -> node.post(() -> fire(timer)));
    }

    private void fire(Timer timer) {
        if (timers.get(timer.id) != timer) {
            return; // replaced or cancelled meanwhile
        }
        int missed = 0;
        if (timer.periodNs > 0) {
            long lateNs = node.elapsedNs() - timer.dueNs;
            missed = (int) Math.min(Integer.MAX_VALUE, Math.max(0, lateNs / timer.periodNs));
            timer.dueNs += missed * timer.periodNs;
        }
        timer.told = true;
        due.due(timer.id, missed);
    }

    /** Whether the notice of this timer still counts: it was neither cancelled nor set anew. */
    boolean isDue(int id) {
        Timer timer = timers.get(id);
        return timer != null && timer.told;
    }

    /** The notice was delivered: a timer with a period runs again, one without is gone. */
    void delivered(int id) {
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

    void cancel(int id) {
        Timer timer = timers.remove(id);
        if (timer != null) {
            timer.task.cancel(false);
        }
    }

    int count() {
        return timers.size();
    }

    void clear() {
        timers.values().forEach(timer -> timer.task.cancel(false));
        timers.clear();
    }
}

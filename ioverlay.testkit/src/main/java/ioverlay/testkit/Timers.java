package ioverlay.testkit;

import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** The timers of the slot; the test moves the clock. */
final class Timers {
    /** The most timers of one slot. */
    static final int MAX_TIMERS = 1024;

    /** A timer that is due, and how many of its periods were missed. */
    record Due(int id, int missed) {}

    private record Timer(int id, long dueNs, long periodNs) {}

    private final Map<Integer, Timer> timers = new HashMap<>();

    /** Sets or replaces; false if there are too many. */
    boolean set(int id, long nowNs, long delayNs, long periodNs) {
        cancel(id);
        if (timers.size() == MAX_TIMERS) {
            return false;
        }
        timers.put(id, new Timer(id, nowNs + delayNs, periodNs));
        return true;
    }

    void cancel(int id) {
        timers.remove(id);
    }

    int count() {
        return timers.size();
    }

    /** When the next one is due. */
    Optional<Long> nextNs() {
        return next().map(Timer::dueNs);
    }

    /** By time, then by id. */
    private Optional<Timer> next() {
        return timers.values().stream()
                .min(Comparator.comparingLong(Timer::dueNs).thenComparingInt(Timer::id));
    }

    /** Takes the next timer that is due: one with a period runs again, from where it should have been. */
    Optional<Due> takeDue(long nowNs) {
        Optional<Timer> due = next().filter(timer -> timer.dueNs <= nowNs);
        due.ifPresent(timer -> {
            timers.remove(timer.id);
            if (timer.periodNs > 0) {
                long nextNs = timer.dueNs + (missed(timer, nowNs) + 1) * timer.periodNs;
                timers.put(timer.id, new Timer(timer.id, nextNs, timer.periodNs));
            }
        });
        return due.map(timer -> new Due(timer.id, (int) Math.min(Integer.MAX_VALUE, missed(timer, nowNs))));
    }

    private static long missed(Timer timer, long nowNs) {
        return timer.periodNs == 0 ? 0 : (nowNs - timer.dueNs) / timer.periodNs;
    }
}

package ioverlay.observer.rollout;

import ioverlay.api.observer.RolloutPlan.Health;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.Locale;
import java.util.Optional;

/**
 * What a slot was seen doing, and how that compares with what it did before. Times are the node's own, so a status that was
 * late says no more and no less.
 */
final class Track {
    /** Over how long the throughput before a switch is measured at least. */
    static final long BEFORE_MS = 1_000;

    /** Over how long it is judged after one. A switch's own pause is to be small in it. */
    static final long WINDOW_MS = 3_000;

    private static final int MOST_SEEN = 64;

    /** Slower than this a slot is idle, and its throughput is chance. */
    private static final double LEAST_RATE = 1_000;

    private final Deque<Slot> seen = new ArrayDeque<>();

    /** One more look at it. A node that has begun anew is looked at anew. */
    void add(Slot slot) {
        if (!seen.isEmpty() && slot.upMillis() == seen.getLast().upMillis()) {
            return; // the same look
        }
        if (!seen.isEmpty() && slot.upMillis() < seen.getLast().upMillis()) {
            seen.clear();
        }
        seen.add(slot);
        if (seen.size() > MOST_SEEN) {
            seen.remove();
        }
    }

    void clear() {
        seen.clear();
    }

    /** The latest look. */
    Optional<Slot> last() {
        return Optional.ofNullable(seen.peekLast());
    }

    /** Bytes per second over all that was seen; empty while that is too short. */
    Optional<Double> rate() {
        return last().filter(last -> last.upMillis() - seen.getFirst().upMillis() >= BEFORE_MS)
                .map(last -> rate(seen.getFirst(), last));
    }

    private static double rate(Slot first, Slot last) {
        return (last.sentBytes() - first.sentBytes()) * 1e3 / (last.upMillis() - first.upMillis());
    }

    /** Whether it was seen for so long. */
    boolean spans(long windowMs) {
        return begin(windowMs).isPresent();
    }

    /** What is wrong with the number of failed calls, if something is. */
    Optional<String> failures(Health health, long failedBefore) {
        return last().map(last -> last.failed() - (last.failed() < failedBefore ? 0 : failedBefore))
                .filter(failed -> failed >= health.failures())
                .map(failed -> failed + " calls failed since its switch, and " + health.failures() + " are too many");
    }

    /**
     * What is wrong with the throughput, if something is.
     *
     * @param windowMs over which it is judged; nothing is said while less was seen
     */
    Optional<String> throughput(Health health, double before, long windowMs) {
        Optional<Slot> first = begin(windowMs);
        if (first.isEmpty() || isIdle(before)) {
            return Optional.empty();
        }
        Slot last = seen.getLast();
        boolean idle = last.processed() == first.get().processed() && last.queuedBytes() == 0;
        double now = rate(first.get(), last);
        return idle || now >= health.leastThroughput() * before
                ? Optional.empty()
                : Optional.of(String.format(
                        Locale.ROOT,
                        "it sends %.0f bytes/s, and %.0f before its switch; %.2f of that is the least",
                        now,
                        before,
                        health.leastThroughput()));
    }

    /** Whether so little was sent that it says nothing. */
    static boolean isIdle(double rate) {
        return rate < LEAST_RATE;
    }

    /** The latest look that is so long ago. */
    private Optional<Slot> begin(long windowMs) {
        if (seen.isEmpty()) {
            return Optional.empty();
        }
        for (Iterator<Slot> latest = seen.descendingIterator(); latest.hasNext(); ) {
            Slot slot = latest.next();
            if (seen.getLast().upMillis() - slot.upMillis() >= windowMs) {
                return Optional.of(slot);
            }
        }
        return Optional.empty();
    }
}

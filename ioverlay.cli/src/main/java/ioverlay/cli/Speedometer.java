package ioverlay.cli;

import java.util.ArrayDeque;
import java.util.Deque;

/** How fast a count has grown over the last moments. */
final class Speedometer {
    private static final double WINDOW_SECONDS = 1;

    private final Deque<Reading> readings = new ArrayDeque<>();

    private record Reading(double seconds, long count) {}

    /** Takes a reading, and says the speed per second over about the last second. */
    double read(double seconds, long count) {
        readings.addLast(new Reading(seconds, count));
        while (readings.size() > 2 && seconds - readings.getFirst().seconds() > WINDOW_SECONDS) {
            readings.removeFirst();
        }
        Reading oldest = readings.getFirst();
        return Units.rate(count - oldest.count(), seconds - oldest.seconds());
    }
}

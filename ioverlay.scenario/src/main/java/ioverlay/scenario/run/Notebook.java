package ioverlay.scenario.run;

import ioverlay.scenario.plan.Moment;
import ioverlay.scenario.plan.Probe;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * All that is known of a run: samples, deeds, events, marks.
 *
 * <p><b>Threads:</b> any.
 */
public final class Notebook {
    private static final int MOST_EVENTS = 20_000;

    private final List<Sample> samples = new ArrayList<>();
    private final List<Deed> deeds = new ArrayList<>();
    private final List<Happening> happenings = new ArrayList<>();
    private final List<Failure> failures = new ArrayList<>();
    private final Map<String, Double> marks = new LinkedHashMap<>();
    private double end;

    synchronized void add(Sample sample) {
        samples.add(sample);
        end = Math.max(end, sample.seconds());
    }

    synchronized void add(Deed deed) {
        deeds.add(deed);
    }

    synchronized void add(Happening happening) {
        if (happenings.size() < MOST_EVENTS) {
            happenings.add(happening);
        }
    }

    /** Notes that the run itself did not go as it should. */
    synchronized void fail(String expected, String sentence) {
        failures.add(new Failure(expected, sentence));
    }

    /**
     * Something about the run itself that failed.
     *
     * @param expected what should have been
     * @param sentence what was
     */
    public record Failure(String expected, String sentence) {}

    /** In the order of time. */
    public synchronized List<Failure> failures() {
        return List.copyOf(failures);
    }

    synchronized void mark(String name, double seconds) {
        marks.put(name, seconds);
    }

    /** In the order of time. */
    public synchronized List<Sample> samples() {
        return List.copyOf(samples);
    }

    /** In the order in which they ended. */
    public synchronized List<Deed> deeds() {
        return List.copyOf(deeds);
    }

    /** In the order of time. */
    public synchronized List<Happening> happenings() {
        return List.copyOf(happenings);
    }

    /** Moments with names. */
    public synchronized Map<String, Double> marks() {
        return Map.copyOf(marks);
    }

    /** When the last sample was taken. */
    public synchronized double end() {
        return end;
    }

    /** A moment as seconds; a mark that was not reached is at the end. */
    public synchronized double seconds(Moment moment) {
        double base = switch (moment.mark()) {
            case "" -> 0;
            case Moment.END -> end;
            default -> marks.getOrDefault(moment.mark(), end);
        };
        return Math.clamp(base + moment.seconds(), 0, Math.max(0, end));
    }

    /** The probe whose values a measurement is made of. */
    public static Probe stored(Probe probe) {
        return Readings.stored(probe);
    }
}

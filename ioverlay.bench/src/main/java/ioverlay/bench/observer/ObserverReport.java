package ioverlay.bench.observer;

import com.google.gson.JsonObject;
import ioverlay.bench.BenchCommand;
import ioverlay.bench.Conditions;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/**
 * What {@code bench observer} found.
 *
 * @param options what was asked for
 * @param observerPercent of one core, over the whole time
 * @param nodesPercent of one core, of the container with the nodes
 * @param heapBefore bytes in use after a collection, when all was warm
 * @param heapAfter the same at the end
 * @param residentBefore bytes that the observer's process held when all was warm
 * @param resident the same at the end
 * @param live nodes at the end
 * @param stalest how long ago the status came of the node whose status is the oldest
 * @param pushed bytes of events that one open page was sent
 * @param conditions under which it ran
 */
record ObserverReport(
        ObserverOptions options,
        double observerPercent,
        double nodesPercent,
        long heapBefore,
        long heapAfter,
        long residentBefore,
        long resident,
        int live,
        Duration stalest,
        long pushed,
        Conditions conditions)
        implements BenchCommand.Report {
    private static final double MOST_PERCENT = 20;

    /** What the cache of the database and the ends of collections may make out. */
    private static final double MOST_GROWTH = 0.1;

    private static final long LEAST_GROWTH = 4L << 20;

    /** What a process may grow by: its young generation, which few nodes fill by and by. */
    private static final long MOST_RESIDENT_GROWTH = 64L << 20;

    private static final double MB = 1 << 20;

    private boolean isFlat() {
        return heapAfter - heapBefore <= Math.max(LEAST_GROWTH, (long) (heapBefore * MOST_GROWTH))
                && resident - residentBefore <= MOST_RESIDENT_GROWTH;
    }

    /** Whether every node was asked as often as it was to be: a round that is under way may take one more. */
    private boolean isCurrent() {
        return stalest.compareTo(options.poll().multipliedBy(2).plusSeconds(1)) <= 0;
    }

    @Override
    public boolean passed() {
        return observerPercent < MOST_PERCENT && isFlat() && live == options.nodes() && isCurrent();
    }

    @Override
    public JsonObject toJson() {
        JsonObject json = new JsonObject();
        json.addProperty("passed", passed());
        json.addProperty("nodes", options.nodes());
        json.addProperty("seconds", options.time().toSeconds());
        json.addProperty("pollMillis", options.poll().toMillis());
        json.addProperty("observerPercent", observerPercent);
        json.addProperty("nodesPercent", nodesPercent);
        json.addProperty("heapBefore", heapBefore);
        json.addProperty("heapAfter", heapAfter);
        json.addProperty("residentBefore", residentBefore);
        json.addProperty("resident", resident);
        json.addProperty("live", live);
        json.addProperty("stalestMillis", stalest.toMillis());
        json.addProperty("pushedBytes", pushed);
        conditions.writeTo(json);
        return json;
    }

    @Override
    public List<String> lines() {
        return List.of(
                text("  observer  %.1f %% of one core (less than %.0f)", observerPercent, MOST_PERCENT),
                text(
                        "  nodes     %.1f %% of one core, %d of %d live, the oldest status %d ms old",
                        nodesPercent, live, options.nodes(), stalest.toMillis()),
                text("  page      %.1f MB of events to one that is open", pushed / MB),
                text(
                        "  memory    objects %.1f MB, %.1f MB at the end; the process %.0f MB, %.0f MB at the end",
                        heapBefore / MB, heapAfter / MB, residentBefore / MB, resident / MB),
                "",
                passed() ? "passed: it costs what is promised" : "failed");
    }

    @SuppressWarnings("AnnotateFormatMethod") // its annotation would be a dependency
    private static String text(String format, Object... values) {
        return String.format(Locale.ROOT, format, values);
    }
}

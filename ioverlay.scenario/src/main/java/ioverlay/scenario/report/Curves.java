package ioverlay.scenario.report;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import ioverlay.scenario.plan.Probe;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The samples of a run as its page draws them. Where they are more than a chart can show, a point is the mean of several that
 * follow each other: that leaves the mean over a window what it is. All of them are in {@code samples.csv}.
 */
final class Curves {
    /** Of all runs of a page together; with their commas they are about a megabyte. */
    private static final int MOST_VALUES = 150_000;

    /** As many columns has the widest chart. */
    private static final int MOST_POINTS = 1200;

    private static final int LEAST_POINTS = 20;

    /** What is drawn is not seen more precisely. */
    private static final MathContext DIGITS = new MathContext(4);

    private final Result result;
    private final Course course;

    Curves(Result result) {
        this.result = result;
        this.course = Course.of(result);
    }

    /** How many points each curve of all these may have. */
    static int points(List<Curves> all) {
        long curves = all.stream().mapToLong(Curves::size).sum();
        return Math.clamp(MOST_VALUES / Math.max(1, curves), LEAST_POINTS, MOST_POINTS);
    }

    private long size() {
        return (long) Samples.probes(result).size()
                * result.scenario().recorded().size();
    }

    /**
     * {@code {"times":[…],"each":n,"measures":[{"label","unit","nodes":{name:[…] or a number that it always was}}]}}; null where
     * a node was not there, and {@code each} how many samples a point is of.
     */
    JsonObject json(int points) {
        int samples = course.samples().size();
        int count = Math.min(points, samples);
        JsonObject json = new JsonObject();
        JsonArray times = new JsonArray();
        for (int point = 0; point < count; point++) {
            range(point, count)
                    .mapToDouble(i -> course.samples().get(i).seconds())
                    .average()
                    .ifPresent(mean -> times.add(Result.rounded(mean)));
        }
        json.add("times", times);
        json.addProperty("each", count == 0 ? 1 : Math.ceilDiv(samples, count));
        JsonArray measures = new JsonArray();
        Samples.probes(result).forEach(probe -> measures.add(measure(probe, count)));
        json.add("measures", measures);
        return json;
    }

    private IntStream range(int point, int count) {
        long samples = course.samples().size();
        return IntStream.range((int) (point * samples / count), (int) ((point + 1) * samples / count));
    }

    private JsonObject measure(Probe probe, int count) {
        JsonObject nodes = new JsonObject();
        result.scenario().recorded().forEach(node -> nodes.add(node, curve(course.values(node, probe), count)));
        JsonObject measure = new JsonObject();
        String application = probe.application() == 0 ? "" : " of " + Integer.toUnsignedString(probe.application());
        measure.addProperty("label", probe.label() + application);
        measure.addProperty("unit", probe.what().unit());
        measure.add("nodes", nodes);
        return measure;
    }

    private JsonElement curve(List<@Nullable JsonElement> values, int count) {
        JsonArray curve = new JsonArray();
        for (int point = 0; point < count; point++) {
            OptionalDouble mean = range(point, count)
                    .mapToObj(values::get)
                    .filter(Curves::isNumber)
                    .mapToDouble(JsonElement::getAsDouble)
                    .average();
            curve.add(mean.isPresent() ? number(mean.getAsDouble()) : JsonNull.INSTANCE);
        }
        boolean isFlat = curve.size() > 1
                && curve.asList().stream().allMatch(value -> !value.isJsonNull() && value.equals(curve.get(0)));
        return isFlat ? curve.get(0) : curve;
    }

    private static boolean isNumber(@Nullable JsonElement value) {
        return value instanceof JsonPrimitive one && one.isNumber();
    }

    private static JsonElement number(double value) {
        double shown = new BigDecimal(value).round(DIGITS).doubleValue();
        return shown == Math.rint(shown) && Math.abs(shown) < 1e15
                ? new JsonPrimitive((long) shown)
                : new JsonPrimitive(shown);
    }
}

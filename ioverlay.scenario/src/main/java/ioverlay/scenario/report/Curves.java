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
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The samples of a run as its page draws them. Where they are more than a chart can show, a point is the mean of several that
 * follow each other, each weighted by the time since the one before: that leaves the mean over a window what it is. All of them are in {@code samples.csv}.
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
     * {@code {"times":[…],"begin":s,"ends":[…],"each":n,"measures":[{"label","unit","nodes":{name:[…] or a number that it always was}}]}}; null where
     * a node was not there, and {@code each} how many samples a point is of. A point stands for the time from the end of the
     * one before it, the first from {@code begin}, to its own; {@code ends} is missing where it is {@code times}.
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
        if (samples > 0) {
            json.addProperty("begin", Result.rounded(seconds(0)));
        }
        if (count < samples) {
            JsonArray ends = new JsonArray();
            for (int point = 0; point < count; point++) {
                ends.add(Result.rounded(seconds(range(point, count).max().orElseThrow())));
            }
            json.add("ends", ends);
        }
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
        measure.addProperty("unit", probe.unit());
        measure.add("nodes", nodes);
        return measure;
    }

    private JsonElement curve(List<@Nullable JsonElement> values, int count) {
        JsonArray curve = new JsonArray();
        for (int point = 0; point < count; point++) {
            curve.add(mean(values, range(point, count).toArray()));
        }
        boolean isFlat = curve.size() > 1
                && curve.asList().stream().allMatch(value -> !value.isJsonNull() && value.equals(curve.get(0)));
        return isFlat ? curve.get(0) : curve;
    }

    private JsonElement mean(List<@Nullable JsonElement> values, int[] samples) {
        double sum = 0;
        double plain = 0;
        double seen = 0;
        int count = 0;
        for (int i : samples) {
            double width = i == 0 ? 0 : seconds(i) - seconds(i - 1);
            if (values.get(i) instanceof JsonPrimitive value && value.isNumber()) {
                sum += value.getAsDouble() * width;
                plain += value.getAsDouble();
                seen += width;
                count++;
            }
        }
        if (count == 0) {
            return JsonNull.INSTANCE;
        }
        return number(seen <= 0 ? plain / count : sum / seen);
    }

    private double seconds(int sample) {
        return course.samples().get(sample).seconds();
    }

    private static JsonElement number(double value) {
        double shown = new BigDecimal(value).round(DIGITS).doubleValue();
        return shown == Math.rint(shown) && Math.abs(shown) < 1e15
                ? new JsonPrimitive((long) shown)
                : new JsonPrimitive(shown);
    }
}

package ioverlay.scenario.check;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonPrimitive;
import ioverlay.scenario.plan.Measure;
import ioverlay.scenario.plan.Measure.Gather;
import ioverlay.scenario.plan.What;
import ioverlay.scenario.run.Deed;
import ioverlay.scenario.run.Notebook;
import ioverlay.scenario.run.Sample;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.DoubleStream;

/** Works out a measurement from what was recorded. */
final class Gauge {
    private static final double RECENT_SECONDS = 1;

    private final Notebook notebook;
    private final boolean isRunning;

    /**
     * Reads from it.
     *
     * @param isRunning whether the run goes on: where no window was said, means are over the last second then
     */
    Gauge(Notebook notebook, boolean isRunning) {
        this.notebook = notebook;
        this.isRunning = isRunning;
    }

    /** The value; null if it cannot be told. */
    JsonElement value(Measure measure) {
        JsonElement value = undivided(measure);
        return measure.divisor()
                .map(divisor -> divided(value, undivided(divisor)))
                .orElse(value);
    }

    private static JsonElement divided(JsonElement value, JsonElement by) {
        boolean numbers = value instanceof JsonPrimitive one
                && one.isNumber()
                && by instanceof JsonPrimitive other
                && other.isNumber();
        if (!numbers || by.getAsDouble() == 0) {
            return JsonNull.INSTANCE;
        }
        return rounded(value.getAsDouble() / by.getAsDouble());
    }

    private JsonElement undivided(Measure measure) {
        double to = notebook.seconds(measure.to());
        double from = isRunning && !measure.isWindowed()
                ? Math.max(0, to - RECENT_SECONDS)
                : notebook.seconds(measure.from());
        if (from > to) {
            return JsonNull.INSTANCE; // a window that has come out the wrong way round, of marks
        }
        What what = measure.probe().what();
        return switch (what) {
            case EDGES -> edges(measure, to);
            case TREE -> tree(measure, to);
            case LOOPS -> loops(measure, samples(from, to));
            case NODES -> last(to) == null ? JsonNull.INSTANCE : scaled(measure, nodes(measure, to));
            case EVENTS ->
                scaled(measure, (double) notebook.happenings().stream()
                        .filter(event -> event.kind().equals(measure.probe().of()))
                        .filter(event -> event.seconds() >= from && event.seconds() <= to)
                        .filter(event ->
                                event.node().isEmpty() || measure.nodes().contains(event.node()))
                        .count());
            case SWAPS -> scaled(measure, (double) swaps(measure, from, to).count());
            case PAUSE -> longest(measure, swaps(measure, from, to));
            case LATENESS -> longest(measure, notebook.deeds().stream().mapToDouble(deed -> deed.at() - deed.due()));
            default -> ofNodes(measure, from, to);
        };
    }

    /** Where nobody looked, or nobody was, nothing was seen; that is not the same as no loop. */
    private static JsonElement loops(Measure measure, List<Sample> samples) {
        List<Sample> looked = samples.stream()
                .filter(sample -> measure.nodes().stream().anyMatch(sample.nodes()::containsKey))
                .toList();
        return looked.isEmpty()
                ? JsonNull.INSTANCE
                : scaled(measure, (double) looked.stream()
                        .filter(sample -> Graph.hasLoop(sample, measure.probe()))
                        .count());
    }

    /** The longest of none is nothing. */
    private static JsonElement longest(Measure measure, DoubleStream times) {
        OptionalDouble longest = times.max();
        return longest.isEmpty() ? JsonNull.INSTANCE : scaled(measure, longest.getAsDouble());
    }

    private DoubleStream swaps(Measure measure, double from, double to) {
        return notebook.deeds().stream()
                .filter(deed -> deed.pauseMicros() >= 0 && deed.succeeded())
                .filter(deed ->
                        deed.at() >= from && deed.at() <= to && measure.nodes().contains(deed.node()))
                .mapToLong(Deed::pauseMicros)
                .mapToDouble(micros -> micros / 1e6);
    }

    private JsonElement ofNodes(Measure measure, double from, double to) {
        List<JsonElement> values = new ArrayList<>();
        for (String node : measure.nodes()) {
            JsonElement value = ofNode(measure, node, from, to);
            if (value.isJsonNull()) {
                return value; // a node that cannot be asked is no zero
            }
            values.add(value);
        }
        if (values.size() == 1) {
            return scaled(measure, values.getFirst());
        }
        boolean numbers = values.stream().allMatch(value -> value instanceof JsonPrimitive one && one.isNumber());
        if (numbers) {
            return scaled(
                    measure,
                    gathered(
                            measure.gather(),
                            values.stream()
                                    .mapToDouble(JsonElement::getAsDouble)
                                    .sorted()
                                    .toArray()));
        }
        return values.stream().distinct().count() == 1 ? values.getFirst() : JsonNull.INSTANCE;
    }

    static double gathered(Gather gather, double... sorted) {
        DoubleStream all = DoubleStream.of(sorted);
        return switch (gather) {
            case EACH, SUM -> all.sum();
            case MEAN -> all.average().orElse(0);
            case MIN -> sorted[0];
            case MAX -> sorted[sorted.length - 1];
            case MEDIAN ->
                sorted.length % 2 == 1
                        ? sorted[sorted.length / 2]
                        : (sorted[sorted.length / 2 - 1] + sorted[sorted.length / 2]) / 2;
        };
    }

    private JsonElement ofNode(Measure measure, String node, double from, double to) {
        Series series = Series.of(notebook.samples(), node, Notebook.stored(measure.probe()));
        return switch (measure.probe().what()) {
            case THROUGHPUT -> number(series.rate(from, to));
            case GAP -> number(series.gap(from, to));
            case IN, OUT, LAST_MILE, QUEUED -> number(series.mean(from, to));
            case RECEIVED, SENT, MESSAGES, COUNT, COUNTER -> grown(series, measure, from, to);
            default -> series.at(to);
        };
    }

    /** A counter: what it says at the end, or by how much it grew if a beginning was said. What is no number is as it is. */
    private static JsonElement grown(Series series, Measure measure, double from, double to) {
        JsonElement last = series.at(to);
        if (!(last instanceof JsonPrimitive primitive && primitive.isNumber()) || !measure.isWindowed()) {
            return last;
        }
        OptionalDouble end = series.grown(to);
        return number(
                end.isEmpty()
                        ? end
                        : OptionalDouble.of(
                                end.getAsDouble() - series.grown(from).orElse(0)));
    }

    private static JsonElement number(OptionalDouble value) {
        return value.isPresent() ? new JsonPrimitive(value.getAsDouble()) : JsonNull.INSTANCE;
    }

    private static JsonElement scaled(Measure measure, JsonElement value) {
        return value instanceof JsonPrimitive primitive && primitive.isNumber()
                ? scaled(measure, primitive.getAsDouble())
                : value;
    }

    private static JsonElement scaled(Measure measure, double value) {
        return rounded(value * measure.factor());
    }

    private static JsonElement rounded(double scaled) {
        return scaled == Math.rint(scaled) && Math.abs(scaled) < 1e15
                ? new JsonPrimitive((long) scaled)
                : new JsonPrimitive(Math.round(scaled * 1e6) / 1e6);
    }

    private List<Sample> samples(double from, double to) {
        return notebook.samples().stream()
                .filter(sample -> sample.seconds() >= from && sample.seconds() <= to)
                .toList();
    }

    private @org.jspecify.annotations.Nullable Sample last(double to) {
        List<Sample> samples = samples(0, to);
        return samples.isEmpty() ? null : samples.getLast();
    }

    private double nodes(Measure measure, double to) {
        Sample last = last(to);
        return last == null
                ? 0
                : measure.nodes().stream().filter(last.nodes()::containsKey).count();
    }

    private JsonElement edges(Measure measure, double to) {
        Sample last = last(to);
        if (last == null) {
            return JsonNull.INSTANCE;
        }
        JsonArray edges = new JsonArray();
        Graph.of(last, measure.probe().application()).edges().stream()
                .filter(edge -> measure.nodes().containsAll(List.of(edge.split(" > "))))
                .forEach(edges::add);
        return edges;
    }

    private JsonElement tree(Measure measure, double to) {
        Sample last = last(to);
        String root = measure.root().isEmpty() ? measure.nodes().getFirst() : measure.root();
        return last == null
                ? JsonNull.INSTANCE
                : new JsonPrimitive(
                        Graph.of(last, measure.probe().application()).judged(measure.nodes(), root));
    }
}

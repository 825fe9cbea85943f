package ioverlay.scenario.report;

import com.google.gson.JsonElement;
import com.google.gson.JsonPrimitive;
import ioverlay.scenario.plan.Probe;
import ioverlay.scenario.plan.What;
import ioverlay.scenario.run.Notebook;
import ioverlay.scenario.run.Sample;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The samples of a run as they are drawn and written: at their interval, and rates instead of what only grows. */
final class Course {
    /** While a condition is waited for there are more of them: so near to each other, rates would be noise. */
    private static final double LEAST_PART = 0.7;

    private final List<Sample> samples;

    private Course(List<Sample> samples) {
        this.samples = samples;
    }

    static Course of(Result result) {
        double least = result.scenario().interval() * LEAST_PART;
        List<Sample> all = new ArrayList<>();
        for (Sample sample : result.traces().notebook().samples()) {
            if (all.isEmpty() || sample.seconds() - all.getLast().seconds() >= least) {
                all.add(sample);
            }
        }
        return new Course(all);
    }

    List<Sample> samples() {
        return samples;
    }

    /** What a probe of a node was at each sample; null where the node was not there. Throughput is since the sample before. */
    List<@Nullable JsonElement> values(String node, Probe probe) {
        List<@Nullable JsonElement> values = new ArrayList<>();
        Sample.@Nullable Reading before = null;
        for (Sample sample : samples) {
            Sample.Reading now = sample.nodes().get(node);
            values.add(
                    now == null
                            ? null
                            : probe.what() == What.THROUGHPUT ? rate(before, now, probe) : value(now, probe));
            before = now;
        }
        return values;
    }

    private static @Nullable JsonElement value(Sample.Reading reading, Probe probe) {
        return reading.values().get(Notebook.stored(probe));
    }

    /** By the times at which the node itself was asked. A counter that fell began anew. */
    private static @Nullable JsonElement rate(Sample.@Nullable Reading before, Sample.Reading now, Probe probe) {
        JsonElement last = before == null ? null : value(before, probe);
        JsonElement value = value(now, probe);
        if (before == null || last == null || value == null || now.seconds() <= before.seconds()) {
            return null;
        }
        double grown = value.getAsDouble() - last.getAsDouble();
        double rate = (grown < 0 ? value.getAsDouble() : grown) / (now.seconds() - before.seconds());
        return new JsonPrimitive(Math.round(rate * 1000) / 1000.0);
    }
}

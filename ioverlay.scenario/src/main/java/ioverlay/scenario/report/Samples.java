package ioverlay.scenario.report;

import com.google.gson.JsonElement;
import com.google.gson.JsonPrimitive;
import ioverlay.scenario.plan.Probe;
import ioverlay.scenario.plan.What;
import ioverlay.scenario.run.Sample;
import java.io.IOException;
import java.io.Writer;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** All samples, one value a line: {@code samples.csv} (RFC 4180). */
final class Samples {
    private Samples() {}

    /** By scenario, node and measure, each in the order of time. */
    static void write(List<Result> results, Writer out) throws IOException {
        out.write("scenario,seed,seconds,node,measure,unit,application,peer,value,run\n");
        for (Result result : results) {
            Lines lines = new Lines(
                    Lines.quoted(result.scenario().name()) + ","
                            + result.scenario().seed(),
                    Lines.quoted(result.name().name()),
                    out);
            Course course = Course.of(result);
            for (String node : result.scenario().recorded()) {
                for (Probe probe : probes(result)) {
                    write(course, node, probe, lines);
                }
                for (Sample sample : course.samples()) {
                    Sample.Reading reading = sample.nodes().get(node);
                    if (reading != null) {
                        links(reading, node, lines);
                    }
                }
            }
        }
    }

    private static void links(Sample.Reading reading, String node, Lines lines) throws IOException {
        for (Map.Entry<String, Double> link : reading.links().entrySet()) {
            lines.line(reading.seconds(), node, "link", "B/s", "", link.getKey(), decimal(link.getValue()));
        }
    }

    private static void write(Course course, String node, Probe probe, Lines lines) throws IOException {
        List<@Nullable JsonElement> values = course.values(node, probe);
        String application = probe.application() == 0 ? "" : Integer.toUnsignedString(probe.application());
        for (int i = 0; i < values.size(); i++) {
            JsonElement value = values.get(i);
            Sample.Reading reading = course.samples().get(i).nodes().get(node);
            if (value != null && reading != null && !value.isJsonNull()) {
                lines.line(reading.seconds(), node, probe.label(), probe.unit(), application, "", text(value));
            }
        }
    }

    /** What every run has, and what the file asks for besides. */
    static List<Probe> probes(Result result) {
        Set<Probe> probes = new LinkedHashSet<>(
                List.of(new Probe(What.THROUGHPUT, 0, ""), new Probe(What.IN, 0, ""), new Probe(What.OUT, 0, "")));
        probes.addAll(result.scenario().record());
        return new ArrayList<>(probes);
    }

    private static String text(JsonElement value) {
        if (value instanceof JsonPrimitive one && one.isNumber()) {
            double number = one.getAsDouble();
            return number == Math.rint(number) ? String.valueOf((long) number) : decimal(number);
        }
        return value instanceof JsonPrimitive one ? one.getAsString() : value.toString();
    }

    private static String decimal(double value) {
        return String.format(Locale.ROOT, "%.3f", value);
    }

    /** Writes lines, with quotation marks where they are needed. */
    private record Lines(String begin, String end, Writer out) {
        void line(
                double seconds, String node, String measure, String unit, String application, String peer, String value)
                throws IOException {
            out.write(begin);
            for (String field : List.of(decimal(seconds), node, measure, unit, application, peer, value)) {
                out.write("," + quoted(field));
            }
            out.write("," + end + "\n");
        }

        static String quoted(String text) {
            return text.chars().anyMatch(c -> ",\"\n\r".indexOf(c) >= 0)
                    ? "\"" + text.replace("\"", "\"\"") + "\""
                    : text;
        }
    }
}

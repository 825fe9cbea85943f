package ioverlay.scenario.report;

import com.google.gson.JsonElement;
import com.google.gson.JsonPrimitive;
import ioverlay.scenario.plan.PlannedNode;
import ioverlay.scenario.plan.Probe;
import ioverlay.scenario.plan.What;
import ioverlay.scenario.run.Notebook;
import ioverlay.scenario.run.Sample;
import java.io.IOException;
import java.io.Writer;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** All samples, one value a line: {@code samples.csv} (RFC 4180). */
final class Samples {
    private Samples() {}

    static void write(List<Result> results, Writer out) throws IOException {
        out.write("scenario,seconds,node,measure,application,peer,value\n");
        for (Result result : results) {
            Lines lines = new Lines(result.scenario().name(), out);
            Set<String> recorded = Set.copyOf(result.scenario().recorded());
            Map<String, Double> before = new java.util.HashMap<>();
            Map<String, Double> at = new java.util.HashMap<>();
            List<Probe> probes = probes(result);
            for (Sample sample : result.traces().notebook().samples()) {
                for (PlannedNode node : result.scenario().nodes()) {
                    Sample.Reading reading = sample.nodes().get(node.name());
                    if (reading != null && recorded.contains(node.name())) {
                        for (Probe probe : probes) {
                            value(probe, node.name(), reading, sample.seconds(), before, at, lines);
                        }
                        for (Map.Entry<String, Double> link : reading.links().entrySet()) {
                            lines.line(
                                    sample.seconds(), node.name(), "link", "", link.getKey(), decimal(link.getValue()));
                        }
                    }
                }
            }
        }
    }

    private static List<Probe> probes(Result result) {
        Set<Probe> probes = new LinkedHashSet<>(
                List.of(new Probe(What.THROUGHPUT, 0, ""), new Probe(What.IN, 0, ""), new Probe(What.OUT, 0, "")));
        probes.addAll(result.scenario().record());
        return new ArrayList<>(probes);
    }

    private static void value(
            Probe probe,
            String node,
            Sample.Reading reading,
            double seconds,
            Map<String, Double> before,
            Map<String, Double> at,
            Lines lines)
            throws IOException {
        JsonElement value = reading.values().get(Notebook.stored(probe));
        String application = probe.application() == 0 ? "" : Integer.toUnsignedString(probe.application());
        if (value == null || value.isJsonNull()) {
            return;
        }
        if (probe.what() != What.THROUGHPUT) {
            lines.line(seconds, node, probe.label(), application, "", text(value));
            return;
        }
        String key = node + " " + application;
        double now = value.getAsDouble();
        Double last = before.put(key, now);
        Double time = at.put(key, seconds);
        if (last != null && time != null && seconds > time) {
            double grown = now >= last ? now - last : now;
            lines.line(seconds, node, probe.label(), application, "", decimal(grown / (seconds - time)));
        }
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
    private record Lines(String scenario, Writer out) {
        void line(double seconds, String node, String measure, String application, String peer, String value)
                throws IOException {
            out.write(String.join(
                            ",",
                            quoted(scenario),
                            decimal(seconds),
                            node,
                            quoted(measure),
                            application,
                            quoted(peer),
                            quoted(value))
                    + "\n");
        }

        private static String quoted(String text) {
            return text.chars().anyMatch(c -> ",\"\n\r".indexOf(c) >= 0)
                    ? "\"" + text.replace("\"", "\"\"") + "\""
                    : text;
        }
    }
}

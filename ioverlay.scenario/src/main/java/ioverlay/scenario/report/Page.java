package ioverlay.scenario.report;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import ioverlay.scenario.plan.Probe;
import ioverlay.scenario.plan.What;
import ioverlay.scenario.run.Notebook;
import ioverlay.scenario.run.Sample;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** The page that shows it to a person: one file, with its data, style and script in it. */
final class Page {
    /** In this order: what is at the end uses what comes before it. */
    private static final List<String> SCRIPTS =
            List.of("elements.js", "charts.js", "plots.js", "topology.js", "tables.js", "page.js");

    private Page() {}

    static String of(List<Result> results) throws IOException {
        JsonArray runs = new JsonArray();
        for (Result result : results) {
            JsonObject run = result.toLongJson();
            run.add("topology", Topology.of(result));
            run.add("series", series(result));
            runs.add(run);
        }
        JsonObject data = new JsonObject();
        data.add("runs", runs);
        return resource("page.html")
                .replace("/*STYLE*/", resource("page.css"))
                .replace("/*SCRIPT*/", script())
                .replace("/*LAND*/", resource("land.json").strip())
                .replace("/*DATA*/", embedded(data));
    }

    private static String script() throws IOException {
        StringBuilder script = new StringBuilder();
        for (String name : SCRIPTS) {
            script.append(resource(name));
        }
        return script.toString();
    }

    /** As text that cannot end the element it stands in. */
    private static String embedded(JsonObject data) {
        return data.toString()
                .replace("<", "\\u003c")
                .replace("\u2028", "\\u2028")
                .replace("\u2029", "\\u2029");
    }

    /** {@code {"times":[…],"measures":[{"label","unit","cumulative","nodes":{name:[…]}}]}}; null where a node was not there. */
    private static JsonObject series(Result result) {
        List<Sample> samples = result.traces().notebook().samples();
        JsonObject json = new JsonObject();
        JsonArray times = new JsonArray();
        samples.forEach(sample -> times.add(Result.rounded(sample.seconds())));
        json.add("times", times);
        Set<Probe> probes = new LinkedHashSet<>(
                List.of(new Probe(What.THROUGHPUT, 0, ""), new Probe(What.IN, 0, ""), new Probe(What.OUT, 0, "")));
        probes.addAll(result.scenario().record());
        JsonArray measures = new JsonArray();
        for (Probe probe : new ArrayList<>(probes)) {
            JsonObject nodes = new JsonObject();
            result.scenario().recorded().forEach(node -> nodes.add(node, values(samples, node, probe)));
            JsonObject measure = new JsonObject();
            String application = probe.application() == 0 ? "" : " of " + Integer.toUnsignedString(probe.application());
            measure.addProperty("label", probe.label() + application);
            measure.addProperty("unit", probe.what().unit());
            measure.addProperty("cumulative", probe.what() == What.THROUGHPUT);
            measure.add("nodes", nodes);
            measures.add(measure);
        }
        json.add("measures", measures);
        return json;
    }

    private static JsonArray values(List<Sample> samples, String node, Probe probe) {
        JsonArray values = new JsonArray();
        for (Sample sample : samples) {
            Sample.Reading reading = sample.nodes().get(node);
            values.add(reading == null ? null : reading.values().get(Notebook.stored(probe)));
        }
        return values;
    }

    private static String resource(String name) throws IOException {
        try (InputStream in = Page.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IOException("the bundle has no " + name);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}

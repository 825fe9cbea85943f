package ioverlay.scenario.report;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import ioverlay.scenario.plan.Probe;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

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

    /** {@code {"times":[…],"measures":[{"label","unit","nodes":{name:[…]}}]}}; null where a node was not there. */
    private static JsonObject series(Result result) {
        Course course = Course.of(result);
        JsonObject json = new JsonObject();
        JsonArray times = new JsonArray();
        course.samples().forEach(sample -> times.add(Result.rounded(sample.seconds())));
        json.add("times", times);
        JsonArray measures = new JsonArray();
        for (Probe probe : Samples.probes(result)) {
            JsonObject nodes = new JsonObject();
            result.scenario().recorded().forEach(node -> {
                JsonArray values = new JsonArray();
                course.values(node, probe).forEach(values::add);
                nodes.add(node, values);
            });
            JsonObject measure = new JsonObject();
            String application = probe.application() == 0 ? "" : " of " + Integer.toUnsignedString(probe.application());
            measure.addProperty("label", probe.label() + application);
            measure.addProperty("unit", probe.what().unit());
            measure.add("nodes", nodes);
            measures.add(measure);
        }
        json.add("measures", measures);
        return json;
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

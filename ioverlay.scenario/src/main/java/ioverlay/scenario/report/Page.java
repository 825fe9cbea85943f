package ioverlay.scenario.report;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Consumer;

/** The page that shows it to a person: one file, with its data, style and script in it. */
final class Page {
    /** In this order: what is at the end uses what comes before it. */
    private static final List<String> SCRIPTS =
            List.of("elements.js", "charts.js", "plots.js", "topology.js", "tables.js", "page.js");

    private Page() {}

    /**
     * All runs that can be drawn, beside each other.
     *
     * @param problems gets a sentence for each that cannot
     */
    static String of(List<Result> results, Consumer<String> problems) throws IOException {
        List<Curves> curves = results.stream().map(Curves::new).toList();
        int points = Curves.points(curves);
        JsonArray runs = new JsonArray();
        for (int i = 0; i < results.size(); i++) {
            try {
                runs.add(run(results.get(i), curves.get(i), points));
            } catch (RuntimeException e) {
                // The boundary of a run: what cannot be drawn of it takes nothing from the others.
                problems.accept("index.html is without " + results.get(i).name().name() + ": " + e);
            }
        }
        JsonObject data = new JsonObject();
        data.add("runs", runs);
        return resource("page.html")
                .replace("/*STYLE*/", resource("page.css"))
                .replace("/*SCRIPT*/", script())
                .replace("/*LAND*/", resource("land.json").strip())
                .replace("/*DATA*/", embedded(data));
    }

    private static JsonObject run(Result result, Curves curves, int points) {
        JsonObject run = result.toLongJson();
        run.addProperty("kin", result.name().kin());
        new Story(result).into(run);
        run.add("topology", Topology.drawn(result));
        run.add("series", curves.json(points));
        return run;
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

    private static String resource(String name) throws IOException {
        try (InputStream in = Page.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IOException("the bundle has no " + name);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}

package ioverlay.scenario.check;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import ioverlay.scenario.plan.Plot;
import ioverlay.scenario.plan.Plot.Curve;
import ioverlay.scenario.plan.Plot.Spot;
import ioverlay.scenario.run.Notebook;
import java.util.List;
import java.util.Locale;

/** The values of the plots that a file asks for. */
public final class Pictures {
    private Pictures() {}

    /**
     * {@code [{"title","kind","unit","axis","logarithmic","series":[{"name","values":[[node or x, number or null], …]}],
     * "lines":[{"name","value"}]}]}.
     */
    public static JsonArray of(List<Plot> plots, Notebook notebook) {
        Gauge gauge = new Gauge(notebook, false);
        JsonArray all = new JsonArray();
        for (Plot plot : plots) {
            JsonObject json = new JsonObject();
            json.addProperty("title", plot.title());
            json.addProperty("kind", plot.kind().name().toLowerCase(Locale.ROOT));
            json.addProperty("unit", plot.unit());
            json.addProperty("axis", plot.axis());
            json.addProperty("logarithmic", plot.isLogarithmic());
            JsonArray series = new JsonArray();
            plot.curves().forEach(curve -> series.add(curve(curve, gauge)));
            json.add("series", series);
            JsonArray lines = new JsonArray();
            plot.lines().forEach(line -> {
                JsonObject one = new JsonObject();
                one.addProperty("name", line.name());
                one.add("value", value(line, gauge));
                lines.add(one);
            });
            json.add("lines", lines);
            all.add(json);
        }
        return all;
    }

    private static JsonObject curve(Curve curve, Gauge gauge) {
        JsonObject json = new JsonObject();
        json.addProperty("name", curve.name());
        JsonArray values = new JsonArray();
        for (Spot spot : curve.spots()) {
            JsonArray pair = new JsonArray();
            pair.add(spot.name());
            pair.add(value(spot, gauge));
            values.add(pair);
        }
        json.add("values", values);
        return json;
    }

    private static JsonElement value(Spot spot, Gauge gauge) {
        return spot.measure().map(gauge::value).orElseGet(() -> new JsonPrimitive(spot.value()));
    }
}

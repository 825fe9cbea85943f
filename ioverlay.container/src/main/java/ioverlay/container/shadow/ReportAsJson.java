package ioverlay.container.shadow;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import ioverlay.api.container.ShadowReport;
import ioverlay.api.container.ShadowReport.Example;
import java.util.List;

/** A report for a program: the detail of the event {@code shadow.ended}; see {@code docs/hot-swap.md}. */
public final class ReportAsJson {
    private ReportAsJson() {}

    /** Every component by its name; durations in nanoseconds. */
    public static JsonObject of(ShadowReport report) {
        JsonObject json = new JsonObject();
        json.addProperty("node", report.request().node());
        json.addProperty(
                "application", Integer.toUnsignedString(report.request().application()));
        json.addProperty("algorithm", report.request().algorithm());
        json.addProperty("versions", report.request().versions());
        json.addProperty("millis", report.request().time().toMillis());
        json.addProperty("live", report.live());
        json.addProperty("shadow", report.shadow());
        json.addProperty("compared", report.compared());
        json.addProperty("differed", report.differed());
        json.addProperty("failed", report.failed());
        json.addProperty("missed", report.missed());
        json.addProperty("liveTurnNanos", report.liveTurn().toNanos());
        json.addProperty("shadowTurnNanos", report.shadowTurn().toNanos());
        JsonArray examples = new JsonArray();
        report.examples().forEach(example -> examples.add(of(example)));
        json.add("examples", examples);
        json.addProperty("ended", report.ended());
        return json;
    }

    private static JsonObject of(Example example) {
        JsonObject json = new JsonObject();
        json.addProperty("message", example.message());
        json.add("live", lines(example.live()));
        json.add("shadow", lines(example.shadow()));
        return json;
    }

    private static JsonArray lines(List<String> lines) {
        JsonArray json = new JsonArray();
        lines.forEach(json::add);
        return json;
    }
}

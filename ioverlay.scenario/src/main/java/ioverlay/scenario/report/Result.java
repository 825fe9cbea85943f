package ioverlay.scenario.report;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import ioverlay.scenario.check.Finding;
import ioverlay.scenario.plan.Scenario;
import ioverlay.scenario.run.Deed;
import ioverlay.scenario.run.Happening;
import ioverlay.scenario.run.Notebook;
import ioverlay.scenario.run.Run.Traces;
import java.time.Instant;
import java.util.List;

/**
 * What a run came to.
 *
 * @param scenario that was run
 * @param name what it is called among the runs of one command
 * @param traces what it left behind
 * @param findings of its assertions, and of entries of the time line that failed
 * @param figures that are only reported
 * @param plots that the scenario asks for, with their values
 */
public record Result(
        Scenario scenario,
        RunName name,
        Traces traces,
        List<Finding> findings,
        List<Finding> figures,
        JsonArray plots) {
    /** Of a run whose nodes could not be made. */
    public static Result unstarted(Scenario scenario, RunName name, String why) {
        Traces none = new Traces(Instant.now(), new Notebook(), List.of());
        return failed(scenario, name, none, "its nodes and applications start", "started", why);
    }

    /** Of a run that left something behind which cannot be judged. */
    public static Result untold(Scenario scenario, RunName name, Traces traces, String why) {
        return failed(scenario, name, traces, "what came out can be told", "told", "broke: " + why);
    }

    private static Result failed(
            Scenario scenario, RunName name, Traces traces, String expected, String aim, String why) {
        Finding finding = new Finding(
                expected, new JsonPrimitive(aim), new JsonPrimitive(why), JsonNull.INSTANCE, false, "", "=", "");
        return new Result(scenario, name, traces, List.of(finding), List.of(), new JsonArray());
    }

    /** Whether all that was to come out came out. */
    public boolean passed() {
        return findings.stream().allMatch(Finding::passed);
    }

    /** As {@code --json} has it. */
    public JsonObject toJson() {
        JsonObject json = new JsonObject();
        json.addProperty("scenario", scenario.name());
        json.addProperty("passed", passed());
        json.addProperty("seconds", rounded(traces.notebook().end()));
        JsonArray assertions = new JsonArray();
        findings.forEach(finding -> assertions.add(finding.toJson()));
        json.add("assertions", assertions);
        return json;
    }

    /** All of it but the samples: {@code result.json}. */
    public JsonObject toLongJson() {
        JsonObject json = toJson();
        json.addProperty("run", name.name());
        json.addProperty("title", scenario.title());
        json.addProperty("started", traces.started().toString());
        json.addProperty("seed", scenario.seed());
        json.add("variables", scenario.variables());
        JsonArray notes = new JsonArray();
        scenario.notes().forEach(notes::add);
        json.add("notes", notes);
        json.add("assertions", list(findings));
        json.add("figures", list(figures));
        json.add("plots", plots);
        JsonArray deeds = new JsonArray();
        traces.notebook().deeds().forEach(deed -> deeds.add(json(deed)));
        json.add("timeline", deeds);
        JsonObject marks = new JsonObject();
        traces.notebook().marks().forEach((name, seconds) -> marks.addProperty(name, rounded(seconds)));
        json.add("marks", marks);
        JsonArray events = new JsonArray();
        traces.notebook().happenings().stream()
                .filter(Result::isWorthKeeping)
                .forEach(event -> events.add(json(event)));
        json.add("events", events);
        return json;
    }

    private static JsonElement list(List<Finding> findings) {
        JsonArray list = new JsonArray();
        findings.forEach(finding -> list.add(finding.toLongJson()));
        return list;
    }

    private static boolean isWorthKeeping(Happening event) {
        return !event.kind().equals("link.up") && !event.kind().equals("trace");
    }

    static JsonObject json(Deed deed) {
        JsonObject json = new JsonObject();
        json.addProperty("entry", deed.entry() + 1);
        json.addProperty("do", deed.verb());
        json.addProperty("node", deed.node());
        json.addProperty("due", rounded(deed.due()));
        json.addProperty("at", rounded(deed.at()));
        json.addProperty("late", rounded(Math.max(0, deed.at() - deed.due())));
        json.addProperty("took", rounded(deed.took()));
        json.addProperty("succeeded", deed.succeeded());
        json.addProperty("sentence", deed.sentence());
        if (deed.pauseMicros() >= 0) {
            json.addProperty("pauseMicros", deed.pauseMicros());
            json.addProperty("version", deed.version());
        }
        return json;
    }

    private static JsonObject json(Happening event) {
        JsonObject json = new JsonObject();
        json.addProperty("seconds", rounded(event.seconds()));
        json.addProperty("kind", event.kind());
        json.addProperty("node", event.node());
        json.addProperty("sentence", event.sentence());
        return json;
    }

    static double rounded(double seconds) {
        return Math.round(seconds * 1000) / 1000.0;
    }
}

package ioverlay.agent;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import ioverlay.api.container.Repository.Offer;
import ioverlay.api.container.Repository.Retired;
import ioverlay.api.container.ShadowReport;
import ioverlay.api.container.SwapResult;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** What services answer, as JSON; see {@code docs/commands.md}. */
final class Answers {
    private Answers() {}

    static JsonObject of(SwapResult result) {
        JsonObject phases = new JsonObject();
        result.took().forEach((phase, took) -> phases.addProperty(phase.name(), micros(took)));
        JsonObject json = new JsonObject();
        json.addProperty("application", Integer.toUnsignedLong(result.request().application()));
        json.addProperty("algorithm", result.request().algorithm());
        json.addProperty("versions", result.request().versions());
        json.addProperty("from", result.from());
        json.addProperty("to", result.to());
        json.addProperty("outcome", result.outcome().name());
        json.addProperty("reached", result.reached().name());
        json.addProperty("sentence", result.sentence());
        json.add("phaseMicros", phases);
        json.addProperty("pauseMicros", micros(result.pause()));
        json.addProperty("held", result.heldCarried());
        json.addProperty("timers", result.timersCarried());
        json.addProperty("redone", result.redone());
        json.addProperty("forgotten", result.forgotten());
        return json;
    }

    private static long micros(Duration duration) {
        return TimeUnit.NANOSECONDS.toMicros(duration.toNanos());
    }

    static JsonObject of(ShadowReport report) {
        JsonObject json = new JsonObject();
        json.addProperty("application", Integer.toUnsignedLong(report.request().application()));
        json.addProperty("algorithm", report.request().algorithm());
        json.addProperty("versions", report.request().versions());
        json.addProperty("live", report.live());
        json.addProperty("shadow", report.shadow());
        json.addProperty("compared", report.compared());
        json.addProperty("differed", report.differed());
        json.addProperty("failed", report.failed());
        json.addProperty("missed", report.missed());
        json.addProperty("liveTurnNanos", report.liveTurn().toNanos());
        json.addProperty("shadowTurnNanos", report.shadowTurn().toNanos());
        JsonArray examples = new JsonArray();
        for (ShadowReport.Example example : report.examples()) {
            JsonObject one = new JsonObject();
            one.addProperty("message", example.message());
            one.add("live", lines(example.live()));
            one.add("shadow", lines(example.shadow()));
            examples.add(one);
        }
        json.add("examples", examples);
        json.addProperty("ended", report.ended());
        return json;
    }

    static JsonObject offers(List<Offer> offers) {
        JsonArray all = new JsonArray();
        for (Offer offer : offers) {
            JsonObject json = new JsonObject();
            json.addProperty("name", offer.name());
            json.addProperty("version", offer.version());
            json.addProperty("bundle", offer.bundle());
            json.addProperty("bundleId", offer.bundleId());
            json.addProperty("users", offer.users());
            json.addProperty("state", offer.state());
            json.addProperty("sha256", offer.sha256());
            all.add(json);
        }
        return named("algorithms", all);
    }

    static JsonObject retired(List<Retired> retired) {
        JsonArray all = new JsonArray();
        for (Retired bundle : retired) {
            JsonObject json = new JsonObject();
            json.addProperty("bundle", bundle.bundle());
            json.addProperty("version", bundle.version());
            json.addProperty("since", bundle.since().toString());
            json.addProperty("unloaded", bundle.unloaded());
            json.add("holders", lines(bundle.holders()));
            all.add(json);
        }
        return named("retired", all);
    }

    static JsonObject texts(String name, List<String> texts) {
        return named(name, lines(texts));
    }

    private static JsonObject named(String name, JsonArray list) {
        JsonObject json = new JsonObject();
        json.add(name, list);
        return json;
    }

    private static JsonArray lines(List<String> lines) {
        JsonArray json = new JsonArray();
        lines.forEach(json::add);
        return json;
    }
}

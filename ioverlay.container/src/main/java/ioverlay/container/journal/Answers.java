package ioverlay.container.journal;

import com.google.gson.JsonObject;
import ioverlay.api.container.Probation;
import ioverlay.api.container.SwapPhase;
import ioverlay.api.container.SwapRequest;
import ioverlay.api.container.SwapResult;
import ioverlay.api.container.SwapResult.Outcome;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/** The result of a command as a record. */
public final class Answers {
    private Answers() {}

    /** Writes a result. */
    public static JsonObject answered(SwapResult result) {
        JsonObject json = Records.kind("answered");
        json.addProperty("id", result.request().id());
        json.add("request", request(result.request()));
        json.addProperty("from", result.from());
        json.addProperty("to", result.to());
        json.addProperty("outcome", result.outcome().name());
        json.addProperty("reached", result.reached().name());
        json.addProperty("sentence", result.sentence());
        JsonObject took = new JsonObject();
        result.took().forEach((phase, time) -> took.addProperty(phase.name(), time.toNanos()));
        json.add("tookNanos", took);
        json.addProperty("pauseNanos", result.pause().toNanos());
        json.addProperty("held", result.heldCarried());
        json.addProperty("timers", result.timersCarried());
        json.addProperty("redone", result.redone());
        json.addProperty("forgotten", result.forgotten());
        return json;
    }

    private static JsonObject request(SwapRequest request) {
        JsonObject json = new JsonObject();
        json.addProperty("node", request.node());
        json.addProperty("application", Integer.toUnsignedLong(request.application()));
        json.addProperty("algorithm", request.algorithm());
        json.addProperty("versions", request.versions());
        request.settings().ifPresent(settings -> json.add("settings", settings));
        json.addProperty("probationMillis", request.probation().time().toMillis());
        json.addProperty("failures", request.probation().failures());
        json.addProperty("leastThroughput", request.probation().leastThroughput());
        return json;
    }

    static SwapResult answered(JsonObject json) {
        Map<SwapPhase, Duration> took = new EnumMap<>(SwapPhase.class);
        json.getAsJsonObject("tookNanos")
                .asMap()
                .forEach((phase, nanos) -> took.put(SwapPhase.valueOf(phase), Duration.ofNanos(nanos.getAsLong())));
        return new SwapResult(
                request(json.getAsJsonObject("request"), text(json, "id")),
                text(json, "from"),
                text(json, "to"),
                Outcome.valueOf(text(json, "outcome")),
                SwapPhase.valueOf(text(json, "reached")),
                text(json, "sentence"),
                took,
                Duration.ofNanos(json.get("pauseNanos").getAsLong()),
                json.get("held").getAsInt(),
                json.get("timers").getAsInt(),
                json.get("redone").getAsLong(),
                json.get("forgotten").getAsLong());
    }

    private static SwapRequest request(JsonObject json, String id) {
        return new SwapRequest(
                text(json, "node"),
                Records.application(json),
                text(json, "algorithm"),
                text(json, "versions"),
                json.has("settings") ? Optional.of(json.getAsJsonObject("settings")) : Optional.empty(),
                new Probation(
                        Duration.ofMillis(json.get("probationMillis").getAsLong()),
                        json.get("failures").getAsInt(),
                        json.get("leastThroughput").getAsDouble()),
                id);
    }

    private static String text(JsonObject json, String key) {
        return json.get(key).getAsString();
    }
}

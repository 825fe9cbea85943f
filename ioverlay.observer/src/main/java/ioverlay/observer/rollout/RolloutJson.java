package ioverlay.observer.rollout;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import ioverlay.api.NodeId;
import ioverlay.api.observer.Rollout;
import java.util.Locale;

/** A rollout as JSON: {@code ROLLOUT} of {@code docs/rest.md}. */
public final class RolloutJson {
    private RolloutJson() {}

    /** Writes one. */
    public static JsonObject of(Rollout rollout) {
        JsonObject json = new JsonObject();
        json.addProperty("id", rollout.id());
        json.addProperty("state", word(rollout.state()));
        json.add("plan", PlanJson.of(rollout.plan()));
        json.addProperty("sentence", rollout.sentence());
        json.addProperty("started", rollout.started().toString());
        json.add(
                "ended",
                rollout.ended()
                        .<JsonElement>map(time -> new JsonPrimitive(time.toString()))
                        .orElse(JsonNull.INSTANCE));
        JsonArray waves = new JsonArray();
        rollout.waves().forEach(wave -> {
            JsonArray nodes = new JsonArray();
            wave.stream().map(NodeId::toString).forEach(nodes::add);
            waves.add(nodes);
        });
        json.add("waves", waves);
        json.addProperty("wave", rollout.wave());
        JsonArray nodes = new JsonArray();
        rollout.visits().forEach(visit -> nodes.add(of(visit)));
        json.add("nodes", nodes);
        return json;
    }

    private static JsonObject of(Rollout.Visit visit) {
        JsonObject json = new JsonObject();
        json.addProperty("node", visit.node().toString());
        json.addProperty("name", visit.name());
        json.addProperty("application", Integer.toUnsignedLong(visit.application()));
        json.addProperty("wave", visit.wave());
        json.addProperty("state", word(visit.state()));
        json.addProperty("from", visit.from());
        json.addProperty("to", visit.to());
        json.add(
                "pauseMicros",
                visit.pauseMicros().isPresent()
                        ? new JsonPrimitive(visit.pauseMicros().getAsLong())
                        : JsonNull.INSTANCE);
        json.addProperty("sentence", visit.sentence());
        return json;
    }

    static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }
}

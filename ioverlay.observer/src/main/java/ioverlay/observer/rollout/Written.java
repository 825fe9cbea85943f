package ioverlay.observer.rollout;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import ioverlay.api.NodeId;
import ioverlay.api.observer.Rollout.State;
import ioverlay.api.observer.Rollout.Step;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;

/** A rollout as it is written down: {@code ROLLOUT} of {@code docs/rest.md}, and what else it needs to go on. */
final class Written {
    private Written() {}

    static JsonObject of(Run run) {
        JsonObject json = RolloutJson.of(run.rollout());
        json.addProperty("sentence", run.sentence);
        json.addProperty("key", run.key);
        json.addProperty("goal", RolloutJson.word(run.goal));
        json.addProperty("waitingSinceMs", run.patience.sinceEpochMs());
        json.addProperty("waitedMs", run.waitedMs());
        JsonArray nodes = json.getAsJsonArray("nodes");
        for (int at = 0; at < run.legs.size(); at++) {
            Leg leg = run.legs.get(at);
            JsonObject node = nodes.get(at).getAsJsonObject();
            node.addProperty("touched", leg.touched);
            node.addProperty("stuck", leg.stuck);
            node.addProperty("shadowing", leg.shadowing);
            node.addProperty("shadowed", leg.shadowed);
            node.addProperty("reason", leg.reason);
            node.addProperty("failedBefore", leg.failedBefore);
            node.addProperty("rateBefore", leg.rateBefore);
        }
        return json;
    }

    /**
     * Takes it up where it was written down.
     *
     * @throws RuntimeException if it is not such a document: of which kind depends on what is wrong with it
     */
    static Run read(JsonObject json, Surroundings around) {
        List<Leg> legs = new ArrayList<>();
        for (JsonElement node : json.getAsJsonArray("nodes")) {
            legs.add(leg(node.getAsJsonObject()));
        }
        Run run = new Run(
                json.get("id").getAsLong(),
                text(json, "key"),
                PlanJson.parse(json.getAsJsonObject("plan")),
                Instant.parse(text(json, "started")),
                legs,
                around);
        run.state = State.valueOf(constant(json, "state"));
        run.goal = State.valueOf(constant(json, "goal"));
        run.sentence = text(json, "sentence");
        run.ended = json.get("ended").isJsonNull() ? Optional.empty() : Optional.of(Instant.parse(text(json, "ended")));
        run.wave = json.get("wave").getAsInt();
        run.patience.resume(
                around.upMillis().getAsLong(), json.get("waitingSinceMs").getAsLong(), Slot.number(json, "waitedMs"));
        return run;
    }

    private static Leg leg(JsonObject json) {
        Leg leg = new Leg(
                NodeId.parse(text(json, "node")),
                text(json, "name"),
                (int) json.get("application").getAsLong(),
                json.get("wave").getAsInt(),
                text(json, "from"),
                text(json, "to"));
        leg.step = Step.valueOf(constant(json, "state"));
        leg.sentence = text(json, "sentence");
        JsonElement pause = json.get("pauseMicros");
        leg.pauseMicros = pause.isJsonNull() ? OptionalLong.empty() : OptionalLong.of(pause.getAsLong());
        leg.touched = json.get("touched").getAsBoolean();
        leg.stuck = json.get("stuck").getAsBoolean();
        leg.shadowing = json.has("shadowing") && json.get("shadowing").getAsBoolean();
        leg.reason = Slot.text(json, "reason");
        leg.shadowed = json.get("shadowed").getAsBoolean();
        leg.failedBefore = json.get("failedBefore").getAsLong();
        leg.rateBefore = json.get("rateBefore").getAsDouble();
        return leg;
    }

    private static String constant(JsonObject json, String key) {
        return text(json, key).toUpperCase(Locale.ROOT);
    }

    private static String text(JsonObject json, String key) {
        return json.get(key).getAsString();
    }
}

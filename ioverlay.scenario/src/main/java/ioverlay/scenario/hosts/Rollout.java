package ioverlay.scenario.hosts;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import ioverlay.api.container.RefusedException;
import ioverlay.scenario.run.Effect;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * A rollout of the observer, from its beginning to its end. One that is interrupted ends by itself, since the run's nodes
 * go then.
 */
final class Rollout {
    private static final long LOOK_MS = 200;
    private static final Set<String> OVER = Set.of("completed", "returned", "aborted", "failed");

    private final ObserverClient client;

    Rollout(ObserverClient client) {
        this.client = client;
    }

    /**
     * Begins it and waits for its end.
     *
     * @param given the plan, with {@code limit} in seconds and perhaps {@code expect}
     * @throws RefusedException if it ends otherwise than expected, or not in time, which aborts it
     */
    Effect run(JsonObject given) throws InterruptedException {
        JsonObject plan = given.deepCopy();
        JsonElement expect = plan.remove("expect");
        String expected = expect == null ? "completed" : expect.getAsString();
        double limit = plan.remove("limit").getAsDouble();
        JsonObject rollout = client.post("api/rollouts", plan);
        String path = "api/rollouts/" + rollout.get("id").getAsLong();
        long begun = System.nanoTime();
        while (!OVER.contains(text(rollout, "state"))) {
            if (System.nanoTime() - begun > limit * 1e9) {
                client.post(path + "/abort", new JsonObject());
                throw new RefusedException("the rollout has not ended within " + limit + " s and is aborted: "
                        + text(rollout, "sentence"));
            }
            TimeUnit.MILLISECONDS.sleep(LOOK_MS);
            rollout = client.get(path);
        }
        String sentence = text(rollout, "state") + ": " + text(rollout, "sentence");
        if (!text(rollout, "state").equals(expected)) {
            throw new RefusedException("the rollout is " + sentence);
        }
        return Effect.of(sentence);
    }

    private static String text(JsonObject of, String key) {
        return of.get(key) instanceof JsonPrimitive text ? text.getAsString() : "";
    }
}

package ioverlay.scenario.run;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import ioverlay.api.container.ApplicationSpec;
import ioverlay.api.container.SwapResult.Outcome;
import ioverlay.scenario.plan.Act;
import ioverlay.scenario.plan.Verb;
import java.nio.file.Path;

/** Does what an entry of the time line says, at one node. */
final class Acts {
    private final Stage stage;
    private final Steering steering;

    Acts(Stage stage, Steering steering) {
        this.stage = stage;
        this.steering = steering;
    }

    /**
     * Does it and waits for its end.
     *
     * @param expected of a swap
     * @throws ioverlay.api.container.RefusedException if it was refused, or a swap ended otherwise
     */
    Effect perform(Verb verb, Act act, Outcome expected) throws InterruptedException {
        String node = act.node();
        JsonObject given = stage.resolved(act.arguments()).getAsJsonObject();
        return switch (verb) {
            case CREATE -> {
                stage.create(node);
                yield Effect.of("listens at " + stage.address(node));
            }
            case REMOVE -> {
                stage.remove(node);
                yield Effect.of("has ended");
            }
            case FAIL -> {
                stage.kill(node);
                yield Effect.of("has failed");
            }
            case START -> start(node, given);
            case DEPLOY -> {
                steering.deploy(Path.of(given.get("bundle").getAsString()));
                yield Effect.of("deployed");
            }
            case WAIT, MARK -> Effect.of("");
            default -> steering.obey(node, verb, given, expected);
        };
    }

    private Effect start(String node, JsonObject given) throws InterruptedException {
        JsonElement settings = given.get("settings");
        String type = given.get("type").getAsString();
        int application = (int) given.get("application").getAsLong();
        stage.start(
                node,
                new ApplicationSpec(
                        type, application, settings == null ? new JsonObject() : settings.getAsJsonObject()));
        return Effect.of(type + " started");
    }
}

package ioverlay.scenario.run;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import ioverlay.api.Message;
import ioverlay.api.MessageBuilder;
import ioverlay.api.MessageType;
import ioverlay.api.NodeId;
import ioverlay.api.container.ApplicationSpec;
import ioverlay.api.container.Measurement;
import ioverlay.api.container.RefusedException;
import ioverlay.api.container.ShadowReport;
import ioverlay.api.container.ShadowRequest;
import ioverlay.api.container.SwapRequest;
import ioverlay.api.container.SwapResult;
import ioverlay.api.container.SwapResult.Outcome;
import ioverlay.scenario.plan.Act;
import ioverlay.scenario.plan.Probations;
import ioverlay.scenario.plan.Verb;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Does what an entry of the time line says, at one node. */
final class Acts {
    private static final long SWAP_LIMIT_S = 120;

    private final Stage stage;
    private final Steering steering;

    Acts(Stage stage, Steering steering) {
        this.stage = stage;
        this.steering = steering;
    }

    /**
     * What came of it.
     *
     * @param sentence for a person
     * @param pauseMicros of a swap; −1 for all else
     * @param version that serves after it, or empty
     */
    record Effect(String sentence, long pauseMicros, String version) {
        static Effect of(String sentence) {
            return new Effect(sentence, -1, "");
        }
    }

    /**
     * Does it and waits for its end.
     *
     * @param expected of a swap
     * @throws RefusedException if it was refused, or a swap ended otherwise
     */
    Effect perform(Verb verb, Act act, Outcome expected) throws InterruptedException {
        String node = act.node();
        JsonObject given = stage.resolved(act.arguments()).getAsJsonObject();
        return switch (verb) {
            case CREATE -> done(() -> stage.create(node), "listens at " + stage.address(node));
            case REMOVE -> done(() -> stage.remove(node), "has ended");
            case FAIL -> done(() -> stage.kill(node), "has failed");
            case START ->
                done(
                        () -> stage.start(
                                node, new ApplicationSpec(text(given, "type"), application(given), settings(given))),
                        text(given, "type") + " started");
            case STOP -> done(() -> steering.nodes().stop(node, application(given)), "application stopped");
            case JOIN -> tell(node, MessageType.JOIN, given);
            case LEAVE -> tell(node, MessageType.LEAVE, given);
            case CONFIGURE -> tell(node, MessageType.CONFIGURE, given);
            case CUSTOM -> custom(node, given);
            case EMULATE ->
                done(
                        () -> steering.network().emulate(node, given.getAsJsonObject("change")),
                        "network " + given.get("change"));
            case WEIGH ->
                done(
                        () -> steering.network()
                                .weigh(
                                        node,
                                        application(given),
                                        NodeId.parse(text(given, "upstream")),
                                        given.get("weight").getAsInt()),
                        "weight " + given.get("weight"));
            case MEASURE -> measure(node, given);
            case SWAP -> swapped(steering.swaps().swap(request(node, given)), expected);
            case ROLLBACK -> swapped(steering.swaps().rollback(node, application(given), ""), expected);
            case SHADOW -> shadow(node, given);
            case WHY -> Effect.of(String.join(" ", steering.swaps().why(node, application(given))));
            case DEPLOY ->
                done(
                        () -> steering.repository()
                                .add(Path.of(text(given, "bundle")).toUri()),
                        "deployed");
            case WAIT, MARK -> Effect.of("");
        };
    }

    private static Effect done(Runnable deed, String sentence) {
        deed.run();
        return Effect.of(sentence);
    }

    private Effect tell(String node, int type, JsonObject given) {
        MessageBuilder message = message(node, type, given);
        steering.nodes().tell(node, (given.has("settings") ? message.payload(settings(given)) : message).build());
        return Effect.of("was told");
    }

    private Effect custom(String node, JsonObject given) {
        int type = given.has("type") ? given.get("type").getAsInt() : MessageType.CUSTOM;
        MessageBuilder message = message(node, type, given).params(number(given, "param1"), number(given, "param2"));
        steering.nodes().tell(node, (given.has("text") ? message.payload(text(given, "text")) : message).build());
        return Effect.of("was told");
    }

    private MessageBuilder message(String node, int type, JsonObject given) {
        return Message.builder(NodeId.parse(stage.address(node)), type).application(application(given));
    }

    private Effect measure(String node, JsonObject given) {
        boolean bandwidth = given.has("bandwidth") && given.get("bandwidth").getAsBoolean();
        Measurement measured = steering.network().measure(node, NodeId.parse(text(given, "peer")), bandwidth);
        if (!measured.failure().isEmpty()) {
            throw new RefusedException(measured.failure());
        }
        return Effect.of("measured " + measured.toJson());
    }

    private static SwapRequest request(String node, JsonObject given) {
        SwapRequest request =
                new SwapRequest(node, application(given), text(given, "algorithm"), text(given, "versions"));
        if (given.has("settings")) {
            request = request.withSettings(settings(given));
        }
        return given.has("probation")
                ? request.withProbation(Probations.of(given.getAsJsonObject("probation")))
                : request;
    }

    private static Effect swapped(CompletableFuture<SwapResult> swap, Outcome expected) throws InterruptedException {
        SwapResult result = within(swap, SWAP_LIMIT_S);
        if (result.outcome() != expected) {
            throw new RefusedException(result.sentence());
        }
        return new Effect(
                result.sentence(),
                result.outcome() == Outcome.REFUSED ? -1 : result.pause().toNanos() / 1000,
                result.outcome() == Outcome.SWITCHED ? result.to() : result.from());
    }

    private Effect shadow(String node, JsonObject given) throws InterruptedException {
        Duration time = Duration.ofMillis(Math.round(given.get("seconds").getAsDouble() * 1000));
        ShadowRequest request =
                new ShadowRequest(node, application(given), text(given, "algorithm"), text(given, "versions"), time);
        ShadowReport report = within(steering.swaps().shadow(request).report(), time.toSeconds() + SWAP_LIMIT_S);
        return Effect.of("%d compared, %d differed, %d failed, %d missed"
                .formatted(report.compared(), report.differed(), report.failed(), report.missed()));
    }

    private static <T> T within(CompletableFuture<T> future, long seconds) throws InterruptedException {
        try {
            return future.get(seconds, TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            throw new RefusedException("no result within " + seconds + " s", e);
        } catch (ExecutionException e) {
            throw new RefusedException(String.valueOf(e.getCause()), e);
        }
    }

    private static int application(JsonObject given) {
        return (int) given.get("application").getAsLong();
    }

    private static JsonObject settings(JsonObject given) {
        JsonElement settings = given.get("settings");
        return settings == null ? new JsonObject() : settings.getAsJsonObject();
    }

    private static String text(JsonObject given, String key) {
        return given.get(key).getAsString();
    }

    private static int number(JsonObject given, String key) {
        return given.has(key) ? given.get(key).getAsInt() : 0;
    }
}

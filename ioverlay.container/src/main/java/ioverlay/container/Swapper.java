package ioverlay.container;

import com.google.gson.JsonObject;
import ioverlay.api.Algorithm;
import ioverlay.api.container.RefusedException;
import ioverlay.api.container.ShadowRequest;
import ioverlay.api.container.ShadowRun;
import ioverlay.api.container.SwapPhase;
import ioverlay.api.container.SwapRequest;
import ioverlay.api.container.SwapResult;
import ioverlay.api.container.Swaps;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Takes requests for swaps and tells of each what became of it.
 *
 * <p><b>Threads:</b> any.
 */
final class Swapper implements Swaps {
    private final Directory directory;
    private final Catalogue<Algorithm> algorithms;
    private final Steward steward;
    private final EventLog events;
    private final Shadowing shadowing;

    Swapper(
            Directory directory,
            Catalogue<Algorithm> algorithms,
            Steward steward,
            EventLog events,
            Shadowing shadowing) {
        this.directory = directory;
        this.algorithms = algorithms;
        this.steward = steward;
        this.events = events;
        this.shadowing = shadowing;
    }

    @Override
    public CompletableFuture<SwapResult> rollback(String node, int application, String id) {
        throw new RefusedException(
                "there is no way back at " + directory.require(node).name());
    }

    @Override
    public ShadowRun shadow(ShadowRequest request) {
        return shadowing.start(request);
    }

    @Override
    public List<String> why(String node, int application) {
        return List.of();
    }

    @Override
    public CompletableFuture<SwapResult> swap(SwapRequest request, Consumer<SwapPhase> progress) {
        CompletableFuture<SwapResult> answer = new CompletableFuture<>();
        String node = directory.find(request.node()).map(LiveNode::name).orElse(request.node());
        steward.submit(new Swap(request, node, directory, algorithms, result -> {
            events.add("swap", node, sentence(result), detail(result));
            answer.complete(result);
        }));
        return answer;
    }

    private static String sentence(SwapResult result) {
        return "slot " + Integer.toUnsignedString(result.request().application()) + ": "
                + switch (result.outcome()) {
                    case SWITCHED -> "switched";
                    case REFUSED -> "swap refused";
                    case RETURNED -> "returned";
                }
                + ", " + result.sentence();
    }

    private static JsonObject detail(SwapResult result) {
        JsonObject phases = new JsonObject();
        result.took().forEach((phase, took) -> phases.addProperty(phase.name(), micros(took.toNanos())));
        JsonObject detail = new JsonObject();
        detail.addProperty(
                "application", Integer.toUnsignedString(result.request().application()));
        detail.addProperty("algorithm", result.request().algorithm());
        detail.addProperty("versions", result.request().versions());
        detail.addProperty("from", result.from());
        detail.addProperty("to", result.to());
        detail.addProperty("outcome", result.outcome().name());
        detail.addProperty("reached", result.reached().name());
        detail.add("phaseMicros", phases);
        detail.addProperty("pauseMicros", micros(result.pause().toNanos()));
        detail.addProperty("held", result.heldCarried());
        detail.addProperty("timers", result.timersCarried());
        return detail;
    }

    private static long micros(long nanos) {
        return TimeUnit.NANOSECONDS.toMicros(nanos);
    }
}

package ioverlay.agent;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import ioverlay.api.container.ShadowRequest;
import ioverlay.api.container.ShadowRun;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The commands that begin and end shadows, see {@code docs/commands.md}. One that is asked for again with the same id while
 * it runs is the same one, so a line that breaks costs nothing; who began it can end it.
 *
 * <p><b>Threads:</b> any.
 */
final class ShadowVerbs {
    private static final String APPLICATION = "application";
    private static final double LONGEST_S = 86_400;
    private static final double USUAL_S = 10;

    private final Services services;

    /** Those that run or begin. A container has at most 16, and what is refused does not stay. */
    private final Map<Key, CompletableFuture<ShadowRun>> runs = new ConcurrentHashMap<>();

    private record Key(String node, int application, String id) {}

    ShadowVerbs(Services services) {
        this.services = services;
    }

    /** By what {@code do} says. */
    Map<String, Verb> all() {
        return Map.of(
                "shadow",
                Verb.takesLong(this::shadow, APPLICATION, "algorithm", "versions", "seconds", "id"),
                "unshadow",
                Verb.takesLong(this::unshadow, APPLICATION, "id"));
    }

    private static Key key(String node, Demand demand) {
        return new Key(node, demand.application(0), demand.text("id", ""));
    }

    private CompletableFuture<JsonElement> shadow(String node, Demand demand) {
        Key key = key(node, demand);
        ShadowRequest request = new ShadowRequest(
                node,
                key.application(),
                demand.text("algorithm"),
                demand.text("versions", "0"),
                Duration.ofMillis(Math.round(demand.number("seconds", 0.001, LONGEST_S, USUAL_S) * 1000)));
        CompletableFuture<ShadowRun> mine = new CompletableFuture<>();
        CompletableFuture<ShadowRun> other = runs.putIfAbsent(key, mine);
        if (other == null) {
            begin(key, request, mine);
            return report(mine);
        }
        // Without an id nobody can say that it is the same: the container refuses a second one.
        return report(
                key.id().isEmpty()
                        ? CompletableFuture.completedFuture(services.swaps().shadow(request))
                        : other);
    }

    @SuppressWarnings("FutureReturnValueIgnored") // that it is forgotten is all that follows
    private void begin(Key key, ShadowRequest request, CompletableFuture<ShadowRun> mine) {
        try {
            ShadowRun run = services.swaps().shadow(request);
            mine.complete(run);
            run.report().whenComplete((report, failure) -> runs.remove(key, mine));
        } catch (RuntimeException e) {
            runs.remove(key, mine);
            mine.completeExceptionally(e);
            throw e;
        }
    }

    private static CompletableFuture<JsonElement> report(CompletableFuture<ShadowRun> run) {
        return run.thenCompose(ShadowRun::report).thenApply(Answers::of);
    }

    /** Answers when it is over, so that another may begin. */
    private CompletableFuture<JsonElement> unshadow(String node, Demand demand) {
        CompletableFuture<ShadowRun> run = runs.get(key(node, demand));
        if (run == null) {
            return CompletableFuture.completedFuture(new JsonObject()); // it has ended, or never began
        }
        return run.thenCompose(one -> {
                    one.stop();
                    return one.report();
                })
                .handle((report, failure) -> new JsonObject());
    }
}

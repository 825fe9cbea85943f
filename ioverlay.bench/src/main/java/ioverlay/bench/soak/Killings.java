package ioverlay.bench.soak;

import com.google.gson.JsonObject;
import ioverlay.api.NodeId;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * A {@link Victim} that is killed and comes back after a while, again and again.
 *
 * <p><b>Threads:</b> one; it comes back on another.
 */
final class Killings implements AutoCloseable {
    /** What a kill may cost on one link: credit of three sessions that is outstanding, and what waits for credit. */
    static final long MOST_LOST = (long) Grove.SESSIONS * (2L * Grove.BUFFER_BYTES / Grove.MESSAGE_BYTES + 4);

    /** As long as it lives at least. */
    private static final long LEAST_LIFE_NS = TimeUnit.SECONDS.toNanos(5);

    private static final long START_LIMIT_S = 60;

    private final Victim victim;
    private CompletableFuture<Long> up = CompletableFuture.completedFuture(0L);
    private int kills;

    /**
     * Starts it.
     *
     * @param routes by session: the one that it sends to
     */
    Killings(String name, Map<Integer, NodeId> routes) throws IOException {
        JsonObject slots = new JsonObject();
        for (int session = 1; session <= Grove.SESSIONS; session++) {
            NodeId hop = routes.get(session);
            slots.add(Integer.toString(session), Grove.settings(hop == null ? List.of() : List.of(hop), false));
        }
        JsonObject node = new JsonObject();
        node.addProperty("name", name);
        node.addProperty("port", 0);
        node.addProperty("bufferBytes", Grove.BUFFER_BYTES);
        node.add("slots", slots);
        victim = new Victim(node);
        victim.start();
        up = CompletableFuture.completedFuture(System.nanoTime());
    }

    NodeId id() {
        return NodeId.parse(victim.id());
    }

    /** Whether it has been there for a while. */
    boolean isReady() {
        return up.isDone() && !up.isCompletedExceptionally() && System.nanoTime() - up.join() > LEAST_LIFE_NS;
    }

    /** Kills it; it comes back after so long, and the time that its start takes. */
    void kill(long absentMs) throws InterruptedException {
        kills++;
        victim.kill();
        up = CompletableFuture.supplyAsync(
                () -> {
                    try {
                        victim.start();
                    } catch (IOException e) {
                        throw new UncheckedIOException(e);
                    }
                    return System.nanoTime();
                },
                CompletableFuture.delayedExecutor(absentMs, TimeUnit.MILLISECONDS));
    }

    int kills() {
        return kills;
    }

    /** Waits until it is there again. */
    void await() {
        up.orTimeout(START_LIMIT_S, TimeUnit.SECONDS).join();
    }

    @Override
    public void close() {
        await();
        victim.close();
    }
}

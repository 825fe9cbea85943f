package ioverlay.observer.fleet;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import ioverlay.agent.line.Frame;
import ioverlay.api.container.RefusedException;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Brings bundles into containers, in chunks: where a line breaks it waits for the next one, and goes on with what is
 * missing.
 *
 * <p><b>Threads:</b> any; each bundle has a virtual thread, one per container and digest.
 */
final class Deliveries implements AutoCloseable {
    private static final long ANSWER_MS = 15_000;
    private static final long ADD_MS = 60_000;

    /** How long a container may have no line until it is given up. */
    private static final long AWAY_NS = TimeUnit.SECONDS.toNanos(30);

    private static final long LOOK_NS = TimeUnit.MILLISECONDS.toNanos(20);

    private final Function<String, @Nullable Trunk> trunks;
    private final Bulletin bulletin;
    private final InstantSource clock;
    private final Map<Destination, CompletableFuture<JsonElement>> underWay = new HashMap<>();
    private final ExecutorService threads = Executors.newThreadPerTaskExecutor(
            Thread.ofVirtual().name("overlay-fleet-delivery-", 0).factory());

    private record Destination(String home, String sha256) {
        private static final int SHOWN = 12;

        /** As much of the digest as tells one from the others. */
        String shortened() {
            return sha256.length() <= SHOWN ? sha256 : sha256.substring(0, SHOWN) + "…";
        }
    }

    Deliveries(Function<String, @Nullable Trunk> trunks, Bulletin bulletin, InstantSource clock) {
        this.trunks = trunks;
        this.bulletin = bulletin;
        this.clock = clock;
    }

    CompletableFuture<JsonElement> bring(String home, Path bundle, String sha256, String name, String who) {
        Destination destination = new Destination(home, sha256);
        synchronized (underWay) {
            if (threads.isShutdown()) {
                return CompletableFuture.failedFuture(Refusal.UNREACHABLE.with("the observer ends"));
            }
            CompletableFuture<JsonElement> same = underWay.get(destination);
            if (same != null) {
                return same.copy();
            }
            if (trunks.apply(home) == null) {
                return CompletableFuture.failedFuture(
                        Refusal.UNREACHABLE.with("there is no line to a container '" + home + "' now"));
            }
            CompletableFuture<JsonElement> fresh = new CompletableFuture<>();
            underWay.put(destination, fresh);
            threads.execute(() -> deliver(destination, bundle, name, who, fresh));
            return fresh.copy();
        }
    }

    private void deliver(Destination to, Path bundle, String name, String who, CompletableFuture<JsonElement> answer) {
        String became = "brought";
        try {
            JsonElement result = delivered(to, bundle);
            done(to);
            answer.complete(result);
        } catch (RefusedException e) {
            became = "refused, " + e.getMessage();
            done(to);
            answer.completeExceptionally(e);
        } catch (IOException e) {
            became = "refused, " + e.getMessage();
            done(to);
            answer.completeExceptionally(new RefusedException("the bundle cannot be read: " + e.getMessage(), e));
        }
        JsonObject detail = new JsonObject();
        detail.addProperty("container", to.home());
        detail.addProperty("bundle", name);
        detail.addProperty("sha256", to.sha256());
        String sentence =
                "bundle " + name + " (SHA-256 " + to.shortened() + ") to container " + to.home() + ": " + became;
        bulletin.happened(new Happening(clock.instant(), "command", "", "", who, sentence, detail));
    }

    private void done(Destination to) {
        synchronized (underWay) {
            underWay.remove(to);
        }
    }

    private JsonElement delivered(Destination to, Path bundle) throws IOException {
        long deadline = System.nanoTime() + AWAY_NS;
        long best = -1;
        while (true) {
            Trunk trunk = trunks.apply(to.home());
            try {
                if (trunk != null) {
                    long have = send(trunk, to, bundle);
                    if (have > best) { // it got further than the line before
                        best = have;
                        deadline = System.nanoTime() + AWAY_NS;
                    }
                    return answer(trunk, command("add", to), ADD_MS);
                }
            } catch (RefusedException e) {
                if (Refusal.of(e) != Refusal.UNREACHABLE) {
                    throw e;
                }
            }
            if (System.nanoTime() - deadline > 0 || Thread.currentThread().isInterrupted()) {
                throw Refusal.UNREACHABLE.with("the line to container " + to.home() + " broke and is not back");
            }
            LockSupport.parkNanos(LOOK_NS);
        }
    }

    /** All that is missing; how much was there before. */
    private static long send(Trunk trunk, Destination to, Path bundle) throws IOException {
        JsonObject receive = command("receive", to);
        long bytes = Files.size(bundle);
        receive.addProperty("bytes", bytes);
        Trunk.Question question = trunk.ask(receive, ANSWER_MS);
        long have = have(await(question.answer()));
        try (RandomAccessFile file = new RandomAccessFile(bundle.toFile(), "r")) {
            file.seek(Math.min(have, bytes));
            for (long at = have; at < bytes; ) {
                byte[] part = new byte[(int) Math.min(Frame.MAX_PAYLOAD, bytes - at)];
                file.readFully(part);
                chunk(trunk, question.id(), at, part);
                at += part.length;
            }
        }
        return have;
    }

    private static void chunk(Trunk trunk, int request, long at, byte[] part) {
        try {
            trunk.chunk(request, at, part);
        } catch (IOException e) {
            throw Refusal.UNREACHABLE.with("the line broke: " + e.getMessage());
        }
    }

    private static long have(JsonElement answer) {
        try {
            long have = answer.getAsJsonObject().get("have").getAsLong();
            if (have >= 0) {
                return have;
            }
        } catch (RuntimeException e) {
            throw new RefusedException("the container does not say how much it has", e);
        }
        throw new RefusedException("the container says that it has less than nothing");
    }

    private static JsonObject command(String verb, Destination to) {
        JsonObject command = new JsonObject();
        command.addProperty("do", verb);
        command.addProperty("sha256", to.sha256());
        return command;
    }

    private static JsonElement answer(Trunk trunk, JsonObject command, long millis) {
        return await(trunk.ask(command, millis).answer());
    }

    private static JsonElement await(CompletableFuture<JsonElement> answer) {
        try {
            return answer.join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof RefusedException refused) {
                throw refused;
            }
            throw e;
        }
    }

    /** Gives up what is under way, and refuses what comes later. */
    @Override
    public void close() {
        synchronized (underWay) {
            threads.shutdownNow();
        }
    }
}

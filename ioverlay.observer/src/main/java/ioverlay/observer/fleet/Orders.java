package ioverlay.observer.fleet;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import ioverlay.api.NodeId;
import ioverlay.observer.fleet.Member.State;
import java.time.InstantSource;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Has commands go to the container that they are for, and writes down who gave them and what became of them.
 *
 * <p><b>Threads:</b> any. What follows on an answer runs on a virtual thread of its own, never on that of a line.
 */
final class Orders implements AutoCloseable {
    private static final String DO = "do";
    private static final int ANSWER_MS = 15_000;

    /** A swap takes so long beside its probation: its phases have 20 s, framework property {@code ioverlay.swap.limit.ms}. */
    private static final int SWAP_MS = 60_000;

    private static final int CLOSE_MS = 2000;

    private static final int LONGEST_SENTENCE = 300;

    /** What only asks is not worth a line in the log. */
    private static final Set<String> ASKS =
            Set.of("status", "statuses", "why", "algorithms", "retired", "types", "receive", "measure");

    private final Roll roll;
    private final Function<String, @Nullable Trunk> trunks;
    private final Bulletin bulletin;
    private final InstantSource clock;
    private final ExecutorService threads = Executors.newThreadPerTaskExecutor(
            Thread.ofVirtual().name("overlay-fleet-answer-", 0).factory());

    Orders(Roll roll, Function<String, @Nullable Trunk> trunks, Bulletin bulletin, InstantSource clock) {
        this.roll = roll;
        this.trunks = trunks;
        this.bulletin = bulletin;
        this.clock = clock;
    }

    CompletableFuture<JsonElement> order(NodeId node, JsonObject command, String who) {
        Optional<Member> member = roll.find(node);
        if (member.isEmpty()) {
            return CompletableFuture.failedFuture(Refusal.UNKNOWN.with("there is no node " + node));
        }
        JsonObject whole = command.deepCopy();
        whole.addProperty("node", node.toString());
        Trunk trunk = trunks.apply(member.get().home());
        CompletableFuture<JsonElement> answer = trunk == null || member.get().state() != State.LIVE
                ? CompletableFuture.failedFuture(Refusal.UNREACHABLE.with(
                        "there is no line to node " + member.get().name() + " " + node + " now"))
                : trunk.ask(whole, millis(command)).answer();
        return logged(answer, node.toString(), member.get().name(), command, who);
    }

    CompletableFuture<JsonElement> orderHome(String home, JsonObject command, String who) {
        Trunk trunk = trunks.apply(home);
        JsonObject whole = command.deepCopy();
        whole.remove("node");
        return trunk == null
                ? CompletableFuture.failedFuture(
                        Refusal.UNREACHABLE.with("there is no line to a container '" + home + "' now"))
                : logged(trunk.ask(whole, millis(command)).answer(), "", "", command, who);
    }

    private static long millis(JsonObject command) {
        return switch (text(command, DO)) {
            case "swap" ->
                SWAP_MS
                        + (command.get("probation") instanceof JsonObject probation
                                ? seconds(probation, 5) * 1000
                                : 5000);
            case "rollback", "add" -> SWAP_MS;
            case "shadow" -> ANSWER_MS + seconds(command, 10) * 1000;
            default -> ANSWER_MS;
        };
    }

    private static long seconds(JsonObject of, long otherwise) {
        return of.get("seconds") instanceof JsonPrimitive number && number.isNumber()
                ? (long) Math.clamp(number.getAsDouble(), 0, 86_400)
                : otherwise;
    }

    private static String text(JsonObject of, String key) {
        return of.get(key) instanceof JsonPrimitive text && text.isString() ? text.getAsString() : "";
    }

    private CompletableFuture<JsonElement> logged(
            CompletableFuture<JsonElement> answer, String node, String name, JsonObject command, String who) {
        boolean isLogged = !ASKS.contains(text(command, DO));
        CompletableFuture<JsonElement> passedOn = answer.handleAsync(
                (result, failure) -> {
                    if (isLogged) {
                        bulletin.happened(happening(node, name, command, who, result, failure));
                    }
                    if (failure != null) {
                        throw failure instanceof CompletionException wrapped
                                ? wrapped
                                : new CompletionException(failure);
                    }
                    return result;
                },
                threads);
        return passedOn.exceptionallyCompose(failure -> CompletableFuture.failedFuture(
                Refusal.isOfTheEnd(failure) || Refusal.isOfTheEnd(failure.getCause())
                        ? Refusal.UNREACHABLE.with("the observer ends")
                        : failure));
    }

    private Happening happening(
            String node,
            String name,
            JsonObject command,
            String who,
            @Nullable JsonElement result,
            @Nullable Throwable failure) {
        JsonObject detail = new JsonObject();
        detail.add("command", command.deepCopy());
        String became = "done";
        if (failure != null) {
            Throwable cause =
                    failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
            became = "refused, " + cause.getMessage();
            detail.addProperty("refused", String.valueOf(cause.getMessage()));
        } else if (result instanceof JsonObject object) {
            if (object.has("outcome")) {
                became = text(object, "outcome").toLowerCase(Locale.ROOT) + ", " + text(object, "sentence");
            }
            detail.add("result", object.deepCopy());
        }
        return new Happening(clock.instant(), "command", node, name, who, said(command) + ": " + became, detail);
    }

    private static String said(JsonObject command) {
        JsonObject rest = command.deepCopy();
        rest.remove(DO);
        rest.remove("node");
        String members = rest.isEmpty() ? "" : " " + rest;
        String all = text(command, DO) + members;
        return all.length() <= LONGEST_SENTENCE ? all : all.substring(0, LONGEST_SENTENCE) + "…";
    }

    /** What is answered from now on is not passed on any more, only that the observer ends; what was is, if it takes no longer than {@value #CLOSE_MS} ms. */
    @Override
    public void close() {
        threads.shutdown();
        try {
            if (threads.awaitTermination(CLOSE_MS, TimeUnit.MILLISECONDS)) {
                return;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        threads.shutdownNow();
    }
}

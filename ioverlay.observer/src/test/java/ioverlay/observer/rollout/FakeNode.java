package ioverlay.observer.rollout;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import ioverlay.api.NodeId;
import ioverlay.api.container.RefusedException;
import ioverlay.observer.fleet.Member;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/** A node with one slot, as its container would make it behave: versions, probation, ids of commands. */
final class FakeNode {
    /** How long it takes to prepare a swap. */
    static final long PREPARE_MS = 300;

    final NodeId id;
    final String name;
    String home;
    String algorithm = "relay";
    long prepareMs = PREPARE_MS;
    String version = "1.0.0";
    String previous = "";
    Member.State state = Member.State.LIVE;

    /** How a version does: bytes per second, failed calls per second. */
    final Map<String, Double> rates = new HashMap<>(Map.of("1.0.0", 1e6, "1.1.0", 1e6));

    final Map<String, Double> failing = new HashMap<>();
    long pauseMicros = 500;
    String refusesSwaps = "";
    String refusesBack = "";
    String refusesShadows = "";
    long shadowFails;

    boolean hasSlot = true;

    /** Whether swaps do not arrive. */
    boolean losesSwaps;

    /** Whether commands are swallowed, as by a line that breaks with them. */
    boolean deaf;

    /** How often each version came to serve. */
    int switches;

    final List<String> asked = new ArrayList<>();
    private final Set<String> acted = new HashSet<>();
    private final Map<String, JsonObject> answers = new HashMap<>();
    private final List<Waiting> waiting = new ArrayList<>();
    private double sentBytes;
    private double processed;
    private double failed;
    private long upMillis = 5_000;
    private long probationEnds;
    private String trialId = "";
    private double trialFailed;
    private int trialLimit;
    private boolean traffic = true;

    /** Until when what it was told before keeps it busy: it does one thing after the other. */
    private long busyUntil;

    private record Waiting(long atMs, String id, Runnable then, CompletableFuture<JsonElement> future) {}

    FakeNode(int number, String home) {
        this.id = NodeId.parse("127.0.0.1:" + (5000 + number));
        this.name = "n" + number;
        this.home = home;
    }

    /** Its container begins anew, and the node with it, at that version. */
    void restart(String at) {
        home += "'";
        version = at;
        previous = "";
        upMillis = 0;
        busyUntil = 0;
        probationEnds = 0;
        failed = 0;
        sentBytes = 0;
        processed = 0;
        acted.clear();
        answers.clear();
        waiting.clear();
    }

    void stopTraffic() {
        traffic = false;
    }

    Member member(Instant now) {
        return new Member(id, name, home, state, now, now, status());
    }

    JsonObject status() {
        JsonObject slot = new JsonObject();
        slot.addProperty("application", 5);
        slot.addProperty("algorithm", algorithm);
        slot.addProperty("version", version);
        slot.addProperty("previous", previous);
        slot.addProperty("probationMillis", Math.max(0, probationEnds - upMillis));
        slot.addProperty("processed", (long) processed);
        slot.addProperty("failed", (long) failed);
        slot.addProperty("sentBytes", (long) sentBytes);
        JsonArray slots = new JsonArray();
        if (hasSlot) {
            slots.add(slot);
        }
        JsonObject status = new JsonObject();
        status.addProperty("upMillis", upMillis);
        status.add("upstreams", new JsonArray());
        status.add("slots", slots);
        return status;
    }

    void advance(long ms) {
        upMillis += ms;
        if (traffic) {
            sentBytes += rates.getOrDefault(version, 0.0) * ms / 1e3;
            processed += ms;
            double more = failing.getOrDefault(version, 0.0) * ms / 1e3;
            failed += more;
            trialFailed += more;
        }
        if (probationEnds > 0 && trialFailed >= trialLimit) {
            returned(trialFailed + " calls failed on probation");
        }
        for (Waiting one : List.copyOf(waiting)) {
            if (upMillis >= one.atMs && waiting.remove(one)) {
                one.then.run();
            }
        }
    }

    CompletableFuture<JsonElement> obey(JsonObject command) {
        if (state != Member.State.LIVE) {
            return CompletableFuture.failedFuture(new RefusedException("no line to it"));
        }
        String what = command.get("do").getAsString();
        if (what.equals("status")) {
            return deaf ? new CompletableFuture<>() : CompletableFuture.completedFuture(status());
        }
        asked.add(what);
        return switch (what) {
            case "swap" -> swap(command);
            case "rollback" -> rollback(command);
            case "shadow" -> shadow(command);
            case "unshadow" -> unshadow(command);
            default -> CompletableFuture.failedFuture(new RefusedException("unknown: " + what));
        };
    }

    @SuppressWarnings("FutureReturnValueIgnored") // who asked twice waits for the first
    private CompletableFuture<JsonElement> swap(JsonObject command) {
        String commandId = command.get("id").getAsString();
        CompletableFuture<JsonElement> future = new CompletableFuture<>();
        if (losesSwaps) {
            return future;
        }
        if (answers.containsKey(commandId)) {
            return CompletableFuture.completedFuture(answers.get(commandId));
        }
        String to = command.get("versions").getAsString().split("[\\[,]", -1)[1];
        waiting.stream()
                .filter(one -> one.id.equals(commandId))
                .forEach(one -> one.future.thenAccept(future::complete));
        if (acted.add(commandId)) {
            double seconds = command.getAsJsonObject("probation").get("seconds").getAsDouble();
            int limit = command.getAsJsonObject("probation").get("failures").getAsInt();
            boolean served = to.equals(version) && busyUntil <= upMillis;
            busyUntil = Math.max(busyUntil, upMillis) + (served ? 0 : prepareMs);
            waiting.add(
                    new Waiting(busyUntil, commandId, () -> prepared(commandId, to, seconds, limit, future), future));
        }
        return deaf ? new CompletableFuture<>() : future;
    }

    private void prepared(
            String commandId, String to, double seconds, int limit, CompletableFuture<JsonElement> future) {
        if (!refusesSwaps.isEmpty() || to.equals(version) || probationEnds > 0) {
            acted.remove(commandId);
            boolean served = to.equals(version) && probationEnds == 0;
            future.complete(answer("REFUSED", served ? to : "", refusesSwaps));
            return;
        }
        String before = version;
        previous = before;
        version = to;
        switches++;
        trialId = commandId;
        trialFailed = 0;
        trialLimit = limit;
        probationEnds = upMillis + Math.max(1, (long) (seconds * 1e3));
        waiting.add(new Waiting(
                probationEnds,
                commandId,
                () -> {
                    probationEnds = 0;
                    answers.put(commandId, answer("SWITCHED", to, "it serves"));
                    future.complete(answers.get(commandId));
                },
                future));
    }

    private void returned(String why) {
        probationEnds = 0;
        Waiting trial = waiting.stream()
                .filter(one -> one.id.equals(trialId))
                .findFirst()
                .orElseThrow();
        waiting.remove(trial);
        version = previous;
        previous = "";
        switches++;
        answers.put(trialId, answer("RETURNED", version, why));
        trial.future.complete(answers.get(trialId));
    }

    private CompletableFuture<JsonElement> rollback(JsonObject command) {
        String commandId = command.get("id").getAsString();
        if (answers.containsKey(commandId)) {
            return CompletableFuture.completedFuture(answers.get(commandId));
        }
        if (!refusesBack.isEmpty() || previous.isEmpty()) {
            return CompletableFuture.completedFuture(answer("REFUSED", "", refusesBack + "nothing to go back to"));
        }
        acted.add(commandId);
        if (probationEnds > 0) {
            returned("a rollback was asked for");
        } else {
            String now = version;
            version = previous;
            previous = now;
            switches++;
        }
        answers.put(commandId, answer("SWITCHED", version, "back"));
        return deaf ? new CompletableFuture<>() : CompletableFuture.completedFuture(answers.get(commandId));
    }

    private CompletableFuture<JsonElement> shadow(JsonObject command) {
        if (!refusesShadows.isEmpty()) {
            return CompletableFuture.failedFuture(new RefusedException(refusesShadows));
        }
        CompletableFuture<JsonElement> future = new CompletableFuture<>();
        long ends = upMillis + (long) (command.get("seconds").getAsDouble() * 1e3);
        String shadowId = command.get("id").getAsString();
        Optional<Waiting> running =
                waiting.stream().filter(one -> one.id.endsWith("-shadow")).findFirst();
        if (running.isPresent()) {
            return running.get().id.equals(shadowId)
                    ? running.get().future
                    : CompletableFuture.failedFuture(new RefusedException("a shadow runs here already"));
        }
        waiting.add(new Waiting(
                ends,
                shadowId,
                () -> {
                    JsonObject report = new JsonObject();
                    report.addProperty("compared", 100);
                    report.addProperty("differed", 7);
                    report.addProperty("failed", shadowFails);
                    report.addProperty("missed", 1);
                    future.complete(report);
                },
                future));
        return future;
    }

    private CompletableFuture<JsonElement> unshadow(JsonObject command) {
        String shadowId = command.get("id").getAsString();
        waiting.removeIf(one -> one.id.equals(shadowId));
        return CompletableFuture.completedFuture(new JsonObject());
    }

    boolean isShadowed() {
        return waiting.stream().anyMatch(one -> one.id.endsWith("-shadow"));
    }

    private JsonObject answer(String outcome, String to, String sentence) {
        JsonObject answer = new JsonObject();
        answer.addProperty("outcome", outcome);
        answer.addProperty("from", version);
        answer.addProperty("to", to);
        answer.addProperty("reached", "VERIFY");
        answer.addProperty("sentence", sentence);
        answer.addProperty("pauseMicros", pauseMicros);
        return answer;
    }
}

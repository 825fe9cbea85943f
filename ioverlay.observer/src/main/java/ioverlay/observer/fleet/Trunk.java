package ioverlay.observer.fleet;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import ioverlay.agent.line.Frame;
import ioverlay.agent.line.Line;
import ioverlay.agent.line.LineType;
import ioverlay.agent.line.Opening;
import ioverlay.agent.line.Replies;
import java.io.IOException;
import java.net.ProtocolException;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The line to one container, and what it was asked on it.
 *
 * <p><b>Threads:</b> any; {@link #answered} is called by who reads the line. Futures complete on that thread, or on the one
 * of the JDK that sees to deadlines.
 */
final class Trunk {
    /** The most that one container is asked at a time. */
    static final int MOST_ASKED = 1000;

    /** How long a container may take to say that it is there, where somebody else wants its place, in milliseconds. */
    static final int PROBE_MS = 2000;

    /**
     * In so many parts. One that ends late does not count, since while this process stands still nobody is read; nor does one in
     * which the container has said something.
     */
    private static final int PARTS = 8;

    private static final long PART_MS = PROBE_MS / PARTS;

    private final Opening opening;
    private final Line line;
    private final Instant since;
    private final AtomicInteger ids = new AtomicInteger();
    private final Map<Integer, CompletableFuture<JsonElement>> asked = new ConcurrentHashMap<>();
    private final Replies replies = new Replies();

    /** Guarded by this; the last time that somebody wanted to know whether the container is there. */
    private CompletableFuture<Boolean> probe = CompletableFuture.completedFuture(true);

    /** Frames that have come; counted by who reads the line. */
    private volatile long heard;

    /** Set once, when the line has ended: what is asked later is refused. */
    private volatile boolean ended;

    Trunk(Opening opening, Line line, Instant since) {
        this.opening = opening;
        this.line = line;
        this.since = since;
    }

    String id() {
        return opening.container();
    }

    Opening opening() {
        return opening;
    }

    Line line() {
        return line;
    }

    Instant since() {
        return since;
    }

    /** A command on its way: its id, which chunks carry, and its answer. */
    record Question(int id, CompletableFuture<JsonElement> answer) {}

    /** Asks; the answer completes within the time, as {@link Fleet} says. Never waits. */
    Question ask(JsonObject command, long millis) {
        return ask(command, millis, MOST_ASKED);
    }

    private Question ask(JsonObject command, long millis, int most) {
        int id = ids.incrementAndGet();
        Frame frame;
        try {
            frame = Frame.of(LineType.COMMAND, id, command);
        } catch (IllegalArgumentException e) {
            return failed(id, Refusal.REFUSED, "a command has at most " + Frame.MAX_PAYLOAD + " bytes of JSON");
        }
        if (asked.size() >= most) {
            return failed(id, Refusal.UNREACHABLE, "the container is asked " + most + " things already");
        }
        CompletableFuture<JsonElement> answer = new CompletableFuture<>();
        asked.put(id, answer);
        if (ended || !line.offer(frame)) {
            asked.remove(id);
            return failed(
                    id, Refusal.UNREACHABLE, ended ? "the line to the container broke" : "the line is full for now");
        }
        CompletableFuture<JsonElement> bounded = answer.orTimeout(millis, TimeUnit.MILLISECONDS)
                .handle((result, failure) -> {
                    asked.remove(id);
                    if (failure instanceof TimeoutException) {
                        throw Refusal.LATE.with("the container has not answered within " + millis + " ms");
                    }
                    if (failure instanceof RuntimeException refused) {
                        throw refused;
                    }
                    return result;
                });
        return new Question(id, bounded);
    }

    /**
     * Whether the container answers at all, within {@value #PROBE_MS} ms in which this process runs; whatever it said on the line before its answer was
     * taken by then. Where it is asked or told so much that this question finds no room, it is there as long as its line is. One
     * question for all who want to know at the same time. Never waits.
     */
    synchronized CompletableFuture<Boolean> isThere() {
        if (probe.isDone()) {
            JsonObject ping = new JsonObject();
            ping.addProperty("do", "types");
            probe = ask(ping, 4L * PROBE_MS, MOST_ASKED + 1)
                    .answer()
                    .handle((types, failure) -> failure == null || !saysNothing(Refusal.of(failure)));
            giveUp(probe, PARTS);
        }
        return probe;
    }

    private void giveUp(CompletableFuture<Boolean> probe, int parts) {
        long began = System.nanoTime();
        long before = heard;
        CompletableFuture.delayedExecutor(PART_MS, TimeUnit.MILLISECONDS).execute(() -> {
            boolean isLate = System.nanoTime() - began > TimeUnit.MILLISECONDS.toNanos(2 * PART_MS);
            int left = isLate || heard != before ? parts : parts - 1;
            if (left == 0) {
                probe.complete(false);
            } else if (!probe.isDone()) {
                giveUp(probe, left);
            }
        });
    }

    private boolean saysNothing(Refusal why) {
        return why == Refusal.LATE || (why == Refusal.UNREACHABLE && ended);
    }

    /** Whether its line has ended. */
    boolean hasEnded() {
        return ended;
    }

    private static Question failed(int id, Refusal refusal, String sentence) {
        return new Question(id, CompletableFuture.failedFuture(refusal.with(sentence)));
    }

    /** A frame has come. */
    @SuppressWarnings("NonAtomicVolatileUpdate") // one reads
    void heard() {
        heard++;
    }

    /**
     * A part of an answer has come.
     *
     * @throws ProtocolException if it is none
     */
    void answered(Frame part) throws ProtocolException {
        if (!replies.add(part)) {
            return;
        }
        JsonObject answer = replies.finish(part.param1());
        CompletableFuture<JsonElement> waiting = asked.remove(part.param1());
        if (waiting == null) {
            return; // too late
        }
        if (answer.has("result")) {
            waiting.complete(answer.get("result"));
        } else if (answer.get("refused") instanceof JsonPrimitive sentence) {
            waiting.completeExceptionally(Refusal.REFUSED.with(sentence.getAsString()));
        } else {
            throw new ProtocolException("an answer has a result or says why it was refused");
        }
    }

    /** Sends a part of a bundle; waits for room. */
    void chunk(int request, long offset, byte[] bytes) throws IOException {
        line.putBulk(new Frame(LineType.CHUNK, request, (int) offset, bytes));
    }

    /** The line has ended: whoever waits is told. */
    void end(String why) {
        ended = true;
        line.close();
        asked.values()
                .forEach(waiting -> waiting.completeExceptionally(
                        Refusal.UNREACHABLE.with("the line to the container broke: " + why)));
    }
}

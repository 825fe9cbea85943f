package ioverlay.observer.rollout;

import com.google.gson.JsonElement;
import ioverlay.observer.fleet.Refusal;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Something that is asked of a container until there is an answer. What is asked has an id or changes nothing, so it may be
 * asked again if the line breaks or no answer comes in time; who refuses it means it.
 */
final class Ask {
    /** How long after a failure it is asked again. */
    static final long AGAIN_MS = 1_000;

    private static final int MOST_REFUSALS = 3;

    private @Nullable CompletableFuture<JsonElement> under;
    private long notBeforeMs;
    private int refusals;
    private String failure = "";

    /** Whether there is an answer to wait for. */
    boolean isUnderWay() {
        return under != null;
    }

    /** Asks, unless it is asked, or was refused just now. */
    void ask(long nowMs, Supplier<CompletableFuture<JsonElement>> question) {
        if (under != null || nowMs < notBeforeMs) {
            return;
        }
        try {
            under = question.get();
        } catch (RuntimeException e) {
            failed(nowMs, String.valueOf(e.getMessage())); // who asks is not the one to fail
        }
    }

    /** The answer, once. */
    Optional<JsonElement> answer(long nowMs) {
        CompletableFuture<JsonElement> done = under;
        if (done == null || !done.isDone()) {
            return Optional.empty();
        }
        under = null;
        try {
            return Optional.of(done.join());
        } catch (CancellationException | CompletionException e) {
            Throwable cause = e.getCause() == null ? e : e.getCause();
            failed(nowMs, String.valueOf(cause.getMessage()));
            refusals = Refusal.of(e) == Refusal.REFUSED ? MOST_REFUSALS : 0;
            return Optional.empty();
        }
    }

    /** Counts an answer that is no good: it is asked for again, a few times. */
    void failed(long nowMs, String sentence) {
        refusals++;
        failure = sentence;
        notBeforeMs = nowMs + AGAIN_MS;
    }

    /** Why it makes no sense to ask again, if so. */
    Optional<String> refusal() {
        return refusals >= MOST_REFUSALS ? Optional.of(failure) : Optional.empty();
    }

    /** Waits for nothing any more: the line is broken. */
    void forget() {
        under = null;
        refusals = 0;
        notBeforeMs = 0;
    }
}

package ioverlay.observer.rollout;

import com.google.gson.JsonElement;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Something that is asked of a container until there is an answer. What is asked has an id or changes nothing, so it may be
 * asked again; who refuses it at once, again and again, means it.
 */
final class Ask {
    /** How long after a failure it is asked again. */
    static final long AGAIN_MS = 1_000;

    /** A failure that comes so soon is a refusal and no broken line. */
    private static final long SOON_MS = 1_000;

    private static final int MOST_REFUSALS = 3;

    private @Nullable CompletableFuture<JsonElement> under;
    private long askedMs;
    private long notBeforeMs;
    private int refusals;
    private String failure = "";

    /** Whether there is an answer to wait for. */
    boolean isUnderWay() {
        return under != null;
    }

    /** Asks, unless it is asked, or was refused just now. */
    void ask(long nowMs, Supplier<CompletableFuture<JsonElement>> question) {
        if (under == null && nowMs >= notBeforeMs) {
            askedMs = nowMs;
            under = question.get();
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
            Optional<JsonElement> answer = Optional.of(done.join());
            refusals = 0;
            return answer;
        } catch (CancellationException | CompletionException e) {
            Throwable cause = e.getCause() == null ? e : e.getCause();
            failed(nowMs, String.valueOf(cause.getMessage()));
            return Optional.empty();
        }
    }

    /** Counts what was answered and is no good, as a refusal. */
    void failed(long nowMs, String sentence) {
        refusals = nowMs - askedMs <= SOON_MS ? refusals + 1 : 0;
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

package ioverlay.container;

import ioverlay.api.container.RefusedException;
import ioverlay.api.container.SwapResult;
import ioverlay.api.container.SwapResult.Outcome;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/**
 * Sees to it that a command with an id acts once: one that is under way or has acted is answered, not done again. One that
 * was refused has changed nothing, so it may be tried again with the same id. The journal remembers beyond the life of the
 * container what it is told; here the last {@value #MAX_KEPT} answers are kept.
 *
 * <p><b>Threads:</b> any.
 */
final class Commands {
    /** The most answers that are kept. */
    static final int MAX_KEPT = 1000;

    private static final Logger LOG = System.getLogger(Commands.class.getName());

    private final DesiredState desired;
    /** Set by the one who closes, read by those whose commands end. */
    private volatile boolean closing;

    private final Map<String, CompletableFuture<SwapResult>> known = new LinkedHashMap<>();

    Commands(DesiredState desired) {
        this.desired = desired;
    }

    /**
     * Has a command done, unless its id is known.
     *
     * @param work does it and hands the result over, from any thread
     * @return completes with the result, this time's or the first time's
     */
    CompletableFuture<SwapResult> answer(String id, Consumer<Consumer<SwapResult>> work) {
        CompletableFuture<SwapResult> answer = new CompletableFuture<>();
        if (id.isEmpty()) {
            work.accept(answer::complete);
            return answer;
        }
        Optional<CompletableFuture<SwapResult>> before = enter(id, answer);
        if (before.isPresent()) {
            return before.get().copy();
        }
        Optional<SwapResult> remembered = desired.answer(id);
        if (remembered.isPresent()) {
            answer.complete(remembered.get());
        } else {
            begin(id, answer, work);
        }
        return answer.copy();
    }

    /** What cannot even begin has changed nothing: it is not known by its id. */
    private void begin(String id, CompletableFuture<SwapResult> answer, Consumer<Consumer<SwapResult>> work) {
        try {
            work.accept(result -> done(id, result, answer));
        } catch (RuntimeException e) {
            synchronized (this) {
                known.remove(id);
            }
            answer.completeExceptionally(e); // for whoever asked the same meanwhile
            throw e;
        }
    }

    private synchronized Optional<CompletableFuture<SwapResult>> enter(
            String id, CompletableFuture<SwapResult> answer) {
        Optional<CompletableFuture<SwapResult>> before = Optional.ofNullable(known.putIfAbsent(id, answer));
        if (known.size() > MAX_KEPT) {
            known.entrySet().stream()
                    .filter(entry -> entry.getValue().isDone())
                    .map(Map.Entry::getKey)
                    .findFirst()
                    .ifPresent(known::remove);
        }
        return before;
    }

    /** From now on nothing is remembered: what ends since the container does may be given again. */
    void close() {
        closing = true;
    }

    private void done(String id, SwapResult result, CompletableFuture<SwapResult> answer) {
        if (result.outcome() == Outcome.REFUSED || closing) {
            synchronized (this) {
                known.remove(id);
            }
        } else {
            remember(id, result);
        }
        answer.complete(result);
    }

    private void remember(String id, SwapResult result) {
        try {
            desired.answered(result);
        } catch (RefusedException e) {
            LOG.log(Level.WARNING, "after a restart the command ''{0}'' would act again: {1}", id, Reason.of(e));
        }
    }
}

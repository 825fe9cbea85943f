package ioverlay.observer.fleet;

import ioverlay.api.container.RefusedException;
import java.net.ConnectException;
import java.util.NoSuchElementException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** Why something that was asked of the {@link Fleet} did not happen. */
public enum Refusal {
    /** The container said no, and why; nothing was changed. */
    REFUSED,
    /** There is no such node or container. */
    UNKNOWN,
    /** There is no line to it, or it broke before the answer, or the observer ends: whether it happened is not known. */
    UNREACHABLE,
    /** No answer came in time: whether it happened is not known. */
    LATE;

    /** Which of them the future of an order completed with. */
    public static Refusal of(Throwable failure) {
        Throwable refused = failure;
        while ((refused instanceof CompletionException || refused instanceof ExecutionException)
                && refused.getCause() != null) {
            refused = refused.getCause();
        }
        Throwable cause = refused.getCause();
        if (cause instanceof NoSuchElementException) {
            return UNKNOWN;
        }
        if (cause instanceof ConnectException || isOfTheEnd(refused) || isOfTheEnd(cause)) {
            return UNREACHABLE;
        }
        return cause instanceof TimeoutException ? LATE : REFUSED;
    }

    /** Who passes answers on is at its end: that says nothing of what a container did. */
    static boolean isOfTheEnd(@Nullable Throwable failure) {
        return failure instanceof RejectedExecutionException;
    }

    RefusedException with(String sentence) {
        return switch (this) {
            case REFUSED -> new RefusedException(sentence);
            case UNKNOWN -> new RefusedException(sentence, new NoSuchElementException(sentence));
            case UNREACHABLE -> new RefusedException(sentence, new ConnectException(sentence));
            case LATE -> new RefusedException(sentence, new TimeoutException(sentence));
        };
    }
}

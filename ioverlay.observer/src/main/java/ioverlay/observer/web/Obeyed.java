package ioverlay.observer.web;

import com.google.gson.JsonElement;
import ioverlay.observer.fleet.Refusal;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Waits on a request's thread for what the fleet was asked to do. */
public final class Obeyed {
    /** The fleet's own limits are shorter; this one only ends what should not be. */
    private static final long LIMIT_MINUTES = 15;

    private Obeyed() {}

    /**
     * The result.
     *
     * @throws Problem 404 unknown, 409 refused, 503 no line, 504 no answer in time; with the fleet's sentence
     */
    public static JsonElement await(CompletableFuture<JsonElement> result) {
        try {
            return result.get(LIMIT_MINUTES, TimeUnit.MINUTES);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Problem(503, "the observer ends");
        } catch (TimeoutException e) {
            throw new Problem(504, "no answer within " + LIMIT_MINUTES + " minutes");
        } catch (ExecutionException e) {
            String sentence = String.valueOf(
                    e.getCause() == null ? e.getMessage() : e.getCause().getMessage());
            throw new Problem(
                    switch (Refusal.of(e)) {
                        case REFUSED -> 409;
                        case UNKNOWN -> 404;
                        case UNREACHABLE -> 503;
                        case LATE -> 504;
                    },
                    sentence);
        }
    }
}

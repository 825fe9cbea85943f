package ioverlay.observer.web;

import java.io.IOException;

/**
 * Answers requests of one method and path.
 *
 * <p><b>Threads:</b> a request's own.
 */
@FunctionalInterface
public interface Resource {
    /**
     * Answers.
     *
     * @throws Problem to be said to who asked
     * @throws IOException if who asked is gone, or does not send what it said
     */
    Answer answer(Request request) throws IOException;
}

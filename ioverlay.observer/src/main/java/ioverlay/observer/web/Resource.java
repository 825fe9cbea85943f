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
     * @throws IOException if a file cannot be read or written: what is wrong with a body is a problem
     */
    Answer answer(Request request) throws IOException;
}

package ioverlay.observer.web;

import com.google.gson.JsonObject;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;

/** What was asked. */
public interface Request {
    /** A part of the path that the route names, decoded: {@code {id}} of {@code /api/nodes/{id}}. */
    String path(String name);

    /** A parameter of the query. */
    Optional<String> query(String name);

    /** A header. */
    Optional<String> header(String name);

    /** Who asks, for the log: {@code page 127.0.0.1} or {@code rest 127.0.0.1}. */
    String who();

    /**
     * The body as a JSON object.
     *
     * @param most bytes
     * @throws Problem 400 if it is none, 413 if it is longer, 415 if it says that it is something else
     */
    JsonObject json(int most) throws IOException;

    /**
     * The body, which ends with a {@link Problem} 413 after so many bytes, with 408 when it comes too slowly, and with 400 when it breaks
     * off.
     *
     * @param most bytes
     */
    InputStream body(long most) throws IOException;
}

package ioverlay.observer.history;

import com.google.gson.JsonObject;
import java.util.List;
import java.util.Optional;

/**
 * JSON documents that outlive the observer, by kind and id: what a rollout is at, for example.
 *
 * <p><b>Threads:</b> any. Each call waits at most {@value #LIMIT_S} s.
 */
public interface Documents {
    /** Longest wait for the disk, in seconds. */
    int LIMIT_S = 30;

    /** Longest kind and longest id, in characters. */
    int NAME_LIMIT = 200;

    /** Longest document, in characters of JSON. */
    int TEXT_LIMIT = 16 << 20;

    /**
     * Keeps a document in the place of the one of that kind and id, if there is one. On the disk when it returns.
     *
     * @param kind 1 to {@value #NAME_LIMIT} characters
     * @param id likewise
     * @throws IllegalArgumentException if a name or the document is too long; nothing was changed
     * @throws HistoryException if it could not be written; the former may be there or this one, never a part
     */
    void put(String kind, String id, JsonObject document);

    /**
     * The document of that kind and id; the caller's own.
     *
     * @throws HistoryException if it could not be read
     */
    Optional<JsonObject> get(String kind, String id);

    /**
     * All documents of that kind, in the order in which they were first put.
     *
     * @throws HistoryException if they could not be read
     */
    List<JsonObject> list(String kind);

    /**
     * Forgets it; off the disk when it returns. Does nothing if it is not there.
     *
     * @throws HistoryException if it could not be written
     */
    void remove(String kind, String id);
}

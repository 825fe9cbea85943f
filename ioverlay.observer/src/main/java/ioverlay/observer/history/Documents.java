package ioverlay.observer.history;

import com.google.gson.JsonObject;
import java.util.List;
import java.util.Optional;

/**
 * JSON documents that outlive the observer, by kind and id: what a rollout is at, for example.
 *
 * <p><b>Threads:</b> any. Each call waits at most {@value #LIMIT_S} s for its turn, and as long again for the disk once it has
 * begun, which an interrupt does not shorten. While nothing can be written (a full disk) what would change something is refused
 * at once.
 *
 * <p>What lies in the file as a document and is no JSON object is read as an empty one, with a sentence for the administrator; it
 * stays as it is until another is put in its place.
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
     * @throws HistoryException if it is not written: the one that was there is still there, and this one will not come later. If
     *     nobody can say whether the disk has it, what was there is brought back before anything else is written, and until then
     *     documents cannot be read; only if the process ends before that may this one be found
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
     * @throws HistoryException if that is not written, and will not be, as with {@link #put}
     */
    void remove(String kind, String id);
}

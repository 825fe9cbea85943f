package ioverlay.observer.rollout;

import com.google.gson.JsonObject;
import ioverlay.observer.history.Documents;
import ioverlay.observer.history.HistoryException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A disk that outlives observers, may be full, and may be the last that an observer touches. */
final class FakeDocuments implements Documents {
    /** The observer is killed. */
    static final class Killed extends Error {
        private static final long serialVersionUID = 1;
    }

    final Map<String, JsonObject> kept = new LinkedHashMap<>();
    boolean full;
    int writes;

    /** Which write is the last one of the observer: it is killed before the disk has it, or after. */
    int killAt = Integer.MAX_VALUE;

    boolean killsAfter;

    @Override
    public void put(String kind, String id, JsonObject document) {
        if (full) {
            throw new HistoryException("the disk is full");
        }
        writes++;
        if (writes == killAt && !killsAfter) {
            throw new Killed();
        }
        kept.put(kind + "/" + id, document.deepCopy());
        if (writes == killAt) {
            throw new Killed();
        }
    }

    @Override
    public Optional<JsonObject> get(String kind, String id) {
        return Optional.ofNullable(kept.get(kind + "/" + id)).map(JsonObject::deepCopy);
    }

    @Override
    public List<JsonObject> list(String kind) {
        return kept.values().stream().map(JsonObject::deepCopy).toList();
    }

    @Override
    public void remove(String kind, String id) {
        kept.remove(kind + "/" + id);
    }
}

package ioverlay.observer.rollout;

import com.google.gson.JsonObject;
import ioverlay.observer.history.Documents;
import ioverlay.observer.history.HistoryException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A disk that outlives observers, may be full, and may be the last that an observer touches. */
final class FakeDocuments implements Documents {
    /** The observer is killed. */
    static final class Killed extends Error {
        private static final long serialVersionUID = 1;
    }

    final Map<String, JsonObject> kept = new LinkedHashMap<>();
    boolean full;

    /** If there, writing waits for it, or for an interrupt. */
    volatile @Nullable CountDownLatch slow;

    final CountDownLatch waits = new CountDownLatch(1);
    int writes;

    /** Which write is the last one of the observer: it is killed before the disk has it, or after. */
    int killAt = Integer.MAX_VALUE;

    boolean killsAfter;

    @Override
    public void put(String kind, String id, JsonObject document) {
        if (full) {
            throw new HistoryException("the disk is full");
        }
        await();
        writes++;
        if (writes == killAt && !killsAfter) {
            throw new Killed();
        }
        kept.put(kind + "/" + id, document.deepCopy());
        if (writes == killAt) {
            throw new Killed();
        }
    }

    private void await() {
        CountDownLatch latch = slow;
        if (latch == null) {
            return;
        }
        waits.countDown();
        try {
            if (!latch.await(LIMIT_S, TimeUnit.SECONDS)) {
                throw new HistoryException("the disk is too slow");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new HistoryException("interrupted while waiting for the disk", e);
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

package ioverlay.observer.rollout;

import com.google.gson.JsonObject;
import ioverlay.api.container.RefusedException;
import ioverlay.api.observer.Rollout;
import ioverlay.api.observer.Rollouts;
import ioverlay.observer.history.HistoryException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.LongPredicate;

/**
 * All rollouts that are kept, one document each: they can be looked at without waiting for anybody, and no number is given
 * twice.
 *
 * <p><b>Threads:</b> any.
 */
final class Book {
    /** Of the documents of rollouts. */
    static final String KIND = "rollout";

    private static final Logger LOG = System.getLogger(Book.class.getName());

    private final Surroundings around;
    private final ConcurrentSkipListMap<Long, Rollout> seen = new ConcurrentSkipListMap<>();
    private long last;

    Book(Surroundings around) {
        this.around = around;
    }

    /**
     * Reads what was written down.
     *
     * @return what can be read of it, whether it has ended or not
     * @throws HistoryException if the disk cannot be read
     */
    synchronized List<Run> read() {
        List<Run> runs = new ArrayList<>();
        for (JsonObject json : around.documents().list(KIND)) {
            last = Math.max(last, Slot.number(json, "id")); // even if that is all that can be read of it
            try {
                Run run = Written.read(json, around);
                seen.put(run.id, run.rollout());
                runs.add(run);
            } catch (RuntimeException e) {
                // What is on the disk is somebody else's writing: one rollout less, and the observer goes on.
                LOG.log(Level.WARNING, "a rollout that was written down is left out: {0}", e.toString());
            }
        }
        return runs;
    }

    /**
     * A number that no rollout has or had, and no document, be it one that says nothing of its own number.
     *
     * @throws RefusedException if the disk cannot be asked
     */
    synchronized long next() {
        try {
            do {
                last++;
            } while (around.documents().get(KIND, Long.toString(last)).isPresent());
            return last;
        } catch (HistoryException e) {
            throw new RefusedException("the rollout cannot be given a number: " + e.getMessage(), e);
        }
    }

    /** That it stands so now. */
    void show(Rollout rollout) {
        seen.put(rollout.id(), rollout);
    }

    Optional<Rollout> find(long id) {
        return Optional.ofNullable(seen.get(id));
    }

    /** That nothing can be asked of it any more. */
    RefusedException over(long id) {
        return new RefusedException(
                find(id).map(rollout -> "rollout " + id + " is " + RolloutJson.word(rollout.state()) + " and has ended")
                        .orElse("there is no rollout " + id));
    }

    /** The latest first. */
    List<Rollout> all() {
        return List.copyOf(seen.descendingMap().values());
    }

    /**
     * Forgets the oldest, if they are too many, or too large together.
     *
     * @param isUnderWay of which numbers none is forgotten
     * @return whether there may be more to forget
     */
    boolean forgetOne(LongPredicate isUnderWay) {
        boolean tooMany = seen.size() > Rollouts.MAX_KEPT
                || seen.values().stream()
                                .mapToLong(rollout -> rollout.visits().size())
                                .sum()
                        > Limits.MAX_SLOTS_KEPT;
        Optional<Long> oldest = tooMany
                ? seen.keySet().stream().filter(id -> !isUnderWay.test(id)).findFirst()
                : Optional.empty();
        if (oldest.isEmpty()) {
            return false;
        }
        try {
            around.documents().remove(KIND, Long.toString(oldest.get()));
        } catch (HistoryException e) {
            LOG.log(Level.WARNING, "rollout {0} cannot be forgotten yet: {1}", oldest.get(), e.getMessage());
            return false;
        }
        seen.remove(oldest.get());
        return true;
    }
}

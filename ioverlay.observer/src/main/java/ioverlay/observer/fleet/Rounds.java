package ioverlay.observer.fleet;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;

/**
 * Asks each container for the status of its nodes, at an interval that grows with their number. A container that does not
 * answer has no line any more.
 *
 * <p><b>Threads:</b> one virtual thread asks; answers are taken on the threads of the lines.
 */
final class Rounds implements AutoCloseable {
    /** How long an answer may take. */
    static final int ANSWER_MS = 15_000;

    private static final Logger LOG = System.getLogger(Rounds.class.getName());
    private static final long HOUSEKEEPING_NS = TimeUnit.SECONDS.toNanos(1);

    /** How soon a node that has registered is looked at, for those that register together. */
    private static final long SOON_NS = TimeUnit.MILLISECONDS.toNanos(100);

    private final FleetSettings settings;
    private final Roll roll;
    private final Supplier<List<Trunk>> trunks;
    private final EventMarks marks;
    private final Counts counts;
    private final Thread thread =
            Thread.ofVirtual().name("overlay-fleet-rounds").unstarted(this::go);

    /** When each is asked next, in nanoseconds; guarded by itself. One that is being asked has none. */
    private final Map<Trunk, Long> due = new HashMap<>();

    private volatile boolean closed;

    Rounds(FleetSettings settings, Roll roll, Supplier<List<Trunk>> trunks, EventMarks marks, Counts counts) {
        this.settings = settings;
        this.roll = roll;
        this.trunks = trunks;
        this.marks = marks;
        this.counts = counts;
    }

    void start() {
        thread.start();
    }

    /** Somebody has registered. */
    void soon(Trunk trunk) {
        long soon = System.nanoTime() + SOON_NS;
        synchronized (due) {
            due.computeIfPresent(trunk, (same, at) -> at - soon > 0 ? soon : at);
            due.putIfAbsent(trunk, soon);
        }
        LockSupport.unpark(thread);
    }

    private void go() {
        long housekeeping = System.nanoTime();
        while (!closed) {
            long now = System.nanoTime();
            if (now - housekeeping >= 0) {
                roll.forget();
                marks.save();
                forgetEnded();
                housekeeping = now + HOUSEKEEPING_NS;
            }
            List<Trunk> asked = new ArrayList<>();
            long next = housekeeping;
            synchronized (due) {
                for (Map.Entry<Trunk, Long> entry : due.entrySet()) {
                    if (entry.getValue() - now <= 0) {
                        asked.add(entry.getKey());
                        entry.setValue(now + TimeUnit.MILLISECONDS.toNanos(2L * ANSWER_MS));
                    }
                    next = entry.getValue() - next < 0 ? entry.getValue() : next;
                }
            }
            asked.forEach(this::ask);
            LockSupport.parkNanos(this, Math.max(1, next - System.nanoTime()));
        }
    }

    private void forgetEnded() {
        List<Trunk> there = trunks.get();
        synchronized (due) {
            due.keySet().retainAll(there);
        }
    }

    @SuppressWarnings("FutureReturnValueIgnored") // the next round is all that follows
    private void ask(Trunk trunk) {
        JsonObject command = new JsonObject();
        command.addProperty("do", "statuses");
        long asked = roll.now();
        long began = System.nanoTime();
        counts.asked.increment();
        trunk.ask(command, ANSWER_MS).answer().whenComplete((answer, failure) -> {
            if (failure == null) {
                counts.answered.increment();
                taken(trunk, asked, answer);
            } else if (Refusal.of(failure) == Refusal.LATE) {
                counts.late.increment();
                trunk.end("it does not say what its nodes do");
            } else {
                LOG.log(Level.DEBUG, "container {0} was not asked: {1}", trunk.id(), failure.getMessage());
            }
            long again = began + TimeUnit.MILLISECONDS.toNanos(settings.pollMillis(roll.live()));
            synchronized (due) {
                due.put(trunk, again);
            }
            LockSupport.unpark(thread);
        });
    }

    private void taken(Trunk trunk, long asked, JsonElement answer) {
        if (!(answer instanceof JsonArray documents)) {
            trunk.end("what its nodes do is a list");
            return;
        }
        List<JsonObject> all = new ArrayList<>(documents.size());
        for (JsonElement document : documents) {
            if (document instanceof JsonObject object) {
                all.add(object);
            }
        }
        roll.seen(trunk.id(), asked, all);
    }

    /** Asks no more. Idempotent. */
    @Override
    public void close() {
        closed = true;
        LockSupport.unpark(thread);
    }
}

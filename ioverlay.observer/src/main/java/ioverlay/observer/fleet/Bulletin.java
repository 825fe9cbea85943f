package ioverlay.observer.fleet;

import com.google.gson.JsonObject;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Tells all who listen to the fleet.
 *
 * <p><b>Threads:</b> any; but for {@link #heard} it never waits for a listener.
 */
final class Bulletin implements AutoCloseable {
    private final InstantSource clock;
    private final AtomicLong dropped = new AtomicLong();
    private final List<Outbox> outboxes = new CopyOnWriteArrayList<>();

    /** Set by who closes: what is heard later is heard by nobody. */
    private volatile boolean closed;

    Bulletin(InstantSource clock) {
        this.clock = clock;
    }

    AutoCloseable listen(Fleet.Listener listener) {
        Outbox outbox = new Outbox(listener, clock, dropped::addAndGet);
        outboxes.add(outbox);
        return () -> {
            outboxes.remove(outbox);
            outbox.close();
        };
    }

    void changed(Member member) {
        outboxes.forEach(outbox -> outbox.changed(member));
    }

    void happened(Happening happening) {
        outboxes.forEach(outbox -> outbox.happened(happening));
    }

    /**
     * A container has said something. Waits for listeners that are behind, for each {@value Outbox#ROOM_MS} ms at most.
     *
     * @param told is run when all have heard it; never, if one does not
     */
    void heard(Happening happening, Runnable told) {
        List<Outbox> all = List.copyOf(outboxes);
        if (all.isEmpty()) {
            if (!closed) {
                told.run();
            }
            return;
        }
        AtomicInteger left = new AtomicInteger(all.size());
        for (Outbox outbox : all) {
            outbox.heard(happening, () -> {
                if (left.decrementAndGet() == 0) {
                    told.run();
                }
            });
        }
    }

    /** The observer itself has seen something of a node. */
    void seen(String kind, Member member, String sentence) {
        JsonObject detail = new JsonObject();
        detail.addProperty("container", member.home());
        happened(new Happening(clock.instant(), kind, member.id().toString(), member.name(), "", sentence, detail));
    }

    /** Happenings that some listener will never hear. */
    long dropped() {
        return dropped.get();
    }

    /** Takes nothing more; every listener hears what was taken, if it is quick enough. Idempotent. */
    @Override
    public void close() {
        closed = true;
        outboxes.forEach(Outbox::close);
        outboxes.clear();
    }
}

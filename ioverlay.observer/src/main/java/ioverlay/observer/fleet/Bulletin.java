package ioverlay.observer.fleet;

import com.google.gson.JsonObject;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * Tells all who listen to the fleet.
 *
 * <p><b>Threads:</b> any; never waits for a listener.
 */
final class Bulletin implements AutoCloseable {
    private final InstantSource clock;
    private final List<Outbox> outboxes = new CopyOnWriteArrayList<>();

    Bulletin(InstantSource clock) {
        this.clock = clock;
    }

    AutoCloseable listen(Fleet.Listener listener) {
        Outbox outbox = new Outbox(listener);
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

    /** The observer itself has seen something of a node. */
    void seen(String kind, Member member, String sentence) {
        JsonObject detail = new JsonObject();
        detail.addProperty("container", member.home());
        happened(new Happening(clock.instant(), kind, member.id().toString(), member.name(), "", sentence, detail));
    }

    /** Ends every listener. Idempotent. */
    @Override
    public void close() {
        outboxes.forEach(Outbox::close);
        outboxes.clear();
    }
}

package ioverlay.container;

import com.google.gson.JsonObject;
import ioverlay.api.Algorithm;
import ioverlay.api.container.RefusedException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Has a parked slot served again, with the state it kept, if a version that may come back is there.
 *
 * <p><b>Threads:</b> runs on one thread of the {@link Steward}.
 */
final class Comeback implements Job {
    private static final Logger LOG = System.getLogger(Comeback.class.getName());

    private final LiveNode node;
    private final LiveSlot slot;
    private final Catalogue<Algorithm> algorithms;
    private final EventLog events;

    /** Whoever sets it first decides: the switch, or giving up. */
    private final AtomicBoolean decided = new AtomicBoolean();

    Comeback(LiveNode node, LiveSlot slot, Catalogue<Algorithm> algorithms, EventLog events) {
        this.node = node;
        this.slot = slot;
        this.algorithms = algorithms;
        this.events = events;
    }

    @Override
    public String node() {
        return node.name();
    }

    @Override
    public void run() {
        if (!slot.parked()) {
            return;
        }
        Source<Algorithm> source;
        try {
            source = slot.successor(algorithms);
        } catch (RefusedException e) {
            LOG.log(Level.DEBUG, "slot {0} of {1} stays parked: {2}", slot.application(), node(), e.getMessage());
            return;
        }
        try {
            resume(source);
        } catch (RuntimeException | LinkageError e) {
            // Plug-in boundary: the slot stays parked and keeps its state for another version.
            if (!source.isActive()) {
                LOG.log(Level.DEBUG, "{0} left while it came back to {1}", source, node());
                return;
            }
            tell("slot.parked", "stays parked, " + Reason.of(e), source);
            LOG.log(Level.WARNING, "slot {0} of {1} stays parked: {2}", slot.application(), node(), Reason.of(e));
        }
    }

    private void resume(Source<Algorithm> source) {
        Entrant entrant = slot.entrance()
                .enter(algorithms.lease(source), slot.standing().choice().spec().settings());
        slot.entrance().rehearse(entrant);
        if (!decided.compareAndSet(false, true)) {
            slot.entrance().dismiss(entrant);
            return;
        }
        slot.resume(entrant)
                .failure()
                .ifPresentOrElse(
                        failure -> {
                            throw new RefusedException(
                                    source + " does not take over: " + Reason.withPlace(failure), failure);
                        },
                        () -> tell("slot.resumed", source + " serves", source));
    }

    private void tell(String kind, String what, Source<Algorithm> source) {
        JsonObject detail = new JsonObject();
        detail.addProperty("application", Integer.toUnsignedString(slot.application()));
        detail.addProperty("algorithm", source.name());
        detail.addProperty("version", source.version().toString());
        events.add(kind, node(), "slot " + Integer.toUnsignedString(slot.application()) + " " + what, detail);
    }

    @Override
    public boolean abandon(String why) {
        boolean given = decided.compareAndSet(false, true);
        if (given) {
            LOG.log(Level.DEBUG, "slot {0} of {1} stays parked: {2}", slot.application(), node(), why);
        }
        return given;
    }
}

package ioverlay.container;

import com.google.gson.JsonObject;
import ioverlay.api.Algorithm;
import ioverlay.api.State;
import ioverlay.api.container.RefusedException;
import ioverlay.engine.Candidate;
import ioverlay.engine.Node;
import ioverlay.engine.Occupant;
import java.util.function.Supplier;

/**
 * Where an instance is made ready to serve a slot: begun, checked, given a copy of the state, while another serves.
 *
 * <p><b>Threads:</b> any; foreign code runs here, on the thread of the caller and without a lock.
 */
final class Entrance {
    private final Node node;
    private final int application;
    private final String label;
    private final Supplier<Chosen> choice;

    /** Of a node's slot, which runs that choice. */
    Entrance(Node node, int application, Supplier<Chosen> choice) {
        this.node = node;
        this.application = application;
        this.label = "slot " + Integer.toUnsignedString(application);
        this.choice = choice;
    }

    /**
     * Begins and checks an instance for the slot, beside the one that serves.
     *
     * @throws RefusedException what it said; the lease is then given back
     */
    Entrant enter(Lease<Algorithm> lease, JsonObject settings) {
        Occupant occupant = new Occupant(lease.instance(), lease.source().origin(), settings.deepCopy());
        try {
            return new Entrant(lease, settings.deepCopy(), prepared(occupant));
        } catch (Exception | LinkageError e) {
            // Plug-in boundary: a faulty algorithm does not come in; who serves notices nothing.
            Parting.bounded(label, lease::close);
            throw new RefusedException(lease.source() + " does not begin: " + Reason.withPlace(e), e);
        }
    }

    /** What it starts meanwhile and forgets — threads, pools, timers — inherits its loader, and can be named later. */
    private Candidate prepared(Occupant occupant) throws Exception {
        Thread here = Thread.currentThread();
        ClassLoader usual = here.getContextClassLoader();
        here.setContextClassLoader(occupant.instance().getClass().getClassLoader());
        try {
            return node.prepare(application, occupant);
        } finally {
            here.setContextClassLoader(usual);
        }
    }

    /**
     * Gives an entrant a copy of the state.
     *
     * @throws RefusedException if it vetoes, or there is no state to be had; the entrant is then dismissed
     */
    void rehearse(Entrant entrant) {
        String step = choice.get() + " does not save its state: ";
        try {
            State state = node.state(application);
            step = entrant.lease().source() + " does not take over: ";
            node.rehearse(entrant.candidate(), state, choice.get().origin());
        } catch (Exception | LinkageError e) {
            // Plug-in boundary, as above.
            dismiss(entrant);
            throw new RefusedException(step + Reason.withPlace(e), e);
        }
    }

    /** Ends an entrant that will not serve. */
    void dismiss(Entrant entrant) {
        try {
            node.discard(entrant.candidate());
        } finally {
            Parting.bounded(label, entrant.lease()::close);
        }
    }
}

package ioverlay.container.shadow;

import com.google.gson.JsonObject;
import ioverlay.api.NodeId;
import ioverlay.engine.Tap;
import ioverlay.engine.Tapped;

/**
 * The slot that a shadow runs beside.
 *
 * <p><b>Threads:</b> any but a node's own.
 */
public interface Subject {
    /** Name of the node, for threads, events and sentences. */
    String node();

    /** The node. */
    NodeId self();

    /** The slot. */
    int application();

    /** A copy of the slot's settings. */
    JsonObject settings();

    /** Nanoseconds since the node started, to the millisecond. */
    long now();

    /**
     * Shows the slot's calls to a tap from now on.
     *
     * @throws RuntimeException if the slot is parked or gone
     */
    Tapped tap(Tap tap);

    /** Ends that; idempotent. */
    void untap(Tap tap);

    /** Whether its node is still there; a tap is told of all else that may happen to a slot. */
    boolean isThere();
}

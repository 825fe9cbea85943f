package ioverlay.engine;

import ioverlay.api.Disposition;
import ioverlay.api.Message;
import ioverlay.api.NodeId;
import java.util.List;

/**
 * Looks at the completed calls of a slot; see {@link Node#tap}.
 *
 * <p><b>Threads:</b> called in the turn: must return at once and never throw.
 */
@FunctionalInterface
public interface Tap {
    /**
     * One send.
     *
     * @param message the very message that was given to the call, a built one, or one on hold
     * @param destination where it was sent
     */
    record Sent(Message message, NodeId destination) {}

    /**
     * The occupant has completed a call. Messages are valid until this returns, except built ones, which stay.
     *
     * @param message that the call was given
     * @param disposition what it answered
     * @param sends in their order; the list is valid until this returns, too
     * @param nowNs what {@link ioverlay.api.Place#now} gave
     * @param tookNs what the call took
     */
    void called(Message message, Disposition disposition, List<Sent> sends, long nowNs, long tookNs);

    /** It is taken off: another occupant serves from now on, or the slot is parked or gone. */
    default void over() {}
}

package ioverlay.api;

import org.osgi.annotation.versioning.ProviderType;

/**
 * The one service of the message switching engine (paper, section 2.3): {@code send}.
 *
 * <p>An algorithm gets its engine from {@link Place#engine} and calls it within its own calls only; what a call sends
 * takes effect when the call returns, and a call that throws has sent nothing. The engine of a node is also registered
 * as an OSGi service with the property {@value #NODE_PROPERTY}; that one may be called from any thread, and what it
 * sends starts at the node as if the slot of the message's application had sent it.
 */
@ProviderType
public interface Engine {
    /** Service property: the node's id as text. */
    String NODE_PROPERTY = "ioverlay.node";

    /** The most sends (messages times destinations) that one call may make. */
    int MAX_SENDS_PER_CALL = 1024;

    /** The most bytes, headers included, that one call may send; a message counts once, however many destinations it has. */
    int MAX_BYTES_PER_CALL = 4 << 20;

    /**
     * Sends a message to every destination, without blocking and without a copy of a message that came from the engine.
     *
     * <p>The node itself is a destination like any other: a data message to it goes to the local application, an engine
     * type (see {@link MessageType}) asks the engine for a service, any other control message comes back to the
     * algorithm. Failures of the network come back as messages ({@code SEND_FAILED}, {@code SEND_REFUSED},
     * {@code LINK_FAILED}), never as exceptions.
     *
     * @param message any message that is valid in the present call
     * @param destinations none is allowed and does nothing; one that is named twice gets the message twice
     * @throws IllegalArgumentException if an engine type is sent to another node
     * @throws IllegalStateException if called outside the algorithm's own calls, with a message that is no longer
     *     valid, or beyond {@link #MAX_SENDS_PER_CALL} or {@link #MAX_BYTES_PER_CALL}
     */
    void send(Message message, NodeId... destinations);
}

package ioverlay.api.container;

import ioverlay.api.Message;
import java.util.List;
import java.util.Optional;
import org.osgi.annotation.versioning.ProviderType;

/**
 * The nodes of this container: the node factory (paper, "Virtualized nodes"). An OSGi service.
 *
 * <p><b>Threads:</b> any. Calls return when what they ask for has happened, in bounded time.
 */
@ProviderType
public interface Nodes {
    /**
     * Makes a node, which then listens.
     *
     * @return its status; {@link NodeStatus#id} holds the port it got
     * @throws RefusedException if the name or port is taken, or no algorithm matches a slot; nothing was changed
     */
    NodeStatus create(NodeSpec spec);

    /**
     * Ends a node gracefully: says BYE on every link, ends algorithms and applications, closes every socket.
     *
     * @param node its name, or its id as text
     * @throws RefusedException if there is no such node
     */
    void remove(String node);

    /**
     * Ends a node as if its machine had died: no BYE, nothing is drained, what it held is lost. For experiments.
     *
     * @param node its name, or its id as text
     * @throws RefusedException if there is no such node, or this container cannot
     */
    default void kill(String node) {
        throw new RefusedException("this container cannot end a node without grace: '" + node + "'");
    }

    /** All nodes, by name: n2 before n10. */
    List<NodeStatus> list();

    /** The node of that name, or of that id as text. */
    Optional<NodeStatus> status(String node);

    /** The names of the applications that can be started now, sorted; none where this container does not say. */
    default List<String> applicationTypes() {
        return List.of();
    }

    /**
     * Starts an application at a node; at most one instance per application id and node.
     *
     * @throws RefusedException if the node or the type is unknown, the id is taken, or the application refuses
     */
    void start(String node, ApplicationSpec application);

    /**
     * Ends an application at a node.
     *
     * @throws RefusedException if there is none
     */
    void stop(String node, int application);

    /**
     * Gives a control message to a node's slot, as if the node had sent it to itself: it is queued when this returns, and
     * processed in the node's next turn.
     *
     * @throws RefusedException if there is no such node, or the message is not a control message of the common or the
     *     authors' range
     */
    void tell(String node, Message message);
}

package ioverlay.api.container;

import com.google.gson.JsonObject;
import ioverlay.api.NodeId;
import org.osgi.annotation.versioning.ProviderType;

/**
 * The network of this container's nodes: what they are to believe in, and what they measure (paper, section 2.2,
 * "Salient features"). An OSGi service.
 *
 * <p><b>Threads:</b> any. Calls return when what they ask for has happened, in bounded time.
 */
@ProviderType
public interface Network {
    /**
     * Changes the emulated network of a node, as {@link Emulation#changed} says; it holds when this returns, and is kept
     * over a restart. What the node's algorithms have set is not: the change must be right without it, too.
     *
     * @param node its name, or its id as text
     * @return what holds now
     * @throws RefusedException if there is no such node, a value is wrong, or a link is unknown: the node has none with
     *     that neighbour in that direction, and did not emulate one; nothing was changed
     */
    Emulation emulate(String node, JsonObject change);

    /**
     * Measures the way from a node to another, also one that it has no link to; within 5 s, with a bandwidth 10 s.
     *
     * @param bandwidth whether the available bandwidth is wanted, too: that sends up to 64 KB
     * @throws RefusedException if there is no such node
     */
    Measurement measure(String node, NodeId peer, boolean bandwidth);

    /**
     * Sets an upstream's share in a node's switch (paper, weighted round robin); it holds when this returns, and is kept
     * over a restart.
     *
     * @param application of the slot; 0 is all that have none of their own
     * @param upstream the neighbour, or the node itself for its local source
     * @param weight 1 to 1000
     * @throws RefusedException if there is no such node, the weight is out of range, the node remembers no more weights,
     *     or it cannot be written down; nothing was changed
     */
    void weigh(String node, int application, NodeId upstream, int weight);
}

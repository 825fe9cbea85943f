package ioverlay.container;

import ioverlay.api.Algorithm;
import ioverlay.api.container.RefusedException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import org.osgi.framework.ServiceReference;

/**
 * The nodes of the container by name. A name is taken from the moment a node is asked for until it is gone for good.
 *
 * <p><b>Threads:</b> any.
 */
final class Directory {
    /** Empty while the node is being made or ended. */
    private final Map<String, Optional<LiveNode>> nodes = new ConcurrentSkipListMap<>(new NaturalOrder());

    /** Set by the one who closes, read by those who ask for nodes. */
    private volatile boolean closed;

    /**
     * Takes a name.
     *
     * @throws RefusedException if it is taken, or the container is closing
     */
    void reserve(String name) {
        if (closed) {
            throw new RefusedException("the container is closing and makes no node '" + name + "'");
        }
        if (nodes.putIfAbsent(name, Optional.empty()) != null) {
            throw new RefusedException("a node's name is unique, and '" + name + "' is taken");
        }
    }

    /** From now on no name is given away. */
    void close() {
        closed = true;
    }

    /** Shows a node under the name that was reserved for it. */
    void publish(LiveNode node) {
        nodes.put(node.name(), Optional.of(node));
    }

    /** Hides a node, whose name stays taken until {@link #release}; false if somebody else did. */
    boolean hide(LiveNode node) {
        return nodes.replace(node.name(), Optional.of(node), Optional.empty());
    }

    /** Gives a name free. */
    void release(String name) {
        nodes.remove(name);
    }

    /** By name. */
    List<LiveNode> all() {
        return nodes.values().stream().flatMap(Optional::stream).toList();
    }

    /** The node of that name, or of that id as text. */
    Optional<LiveNode> find(String node) {
        return nodes.getOrDefault(node, Optional.empty())
                .or(() -> all().stream()
                        .filter(live -> live.node().id().toString().equals(node))
                        .findFirst());
    }

    /**
     * The node of that name or id.
     *
     * @throws RefusedException if there is none
     */
    LiveNode require(String node) {
        return find(node).orElseThrow(() -> new RefusedException("there is no node '" + node + "'"));
    }

    /** Whether a slot is parked and would take that version back. */
    boolean awaits(Source<Algorithm> source) {
        return all().stream().flatMap(node -> node.slots().stream()).anyMatch(slot -> slot.awaits(source));
    }

    /** How many slots an algorithm serves. */
    int users(ServiceReference<?> reference) {
        return (int) all().stream()
                .flatMap(node -> node.slots().stream())
                .filter(slot -> slot.isServedBy(reference))
                .count();
    }
}

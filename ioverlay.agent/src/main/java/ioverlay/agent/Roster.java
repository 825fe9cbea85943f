package ioverlay.agent;

import ioverlay.api.NodeId;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The nodes of this container that have one observer.
 *
 * <p><b>Threads:</b> any.
 */
final class Roster {
    private final Map<NodeId, String> names = new ConcurrentHashMap<>();

    void add(NodeId id, String name) {
        names.put(id, name);
    }

    void remove(NodeId id) {
        names.remove(id);
    }

    /** Names by id, as it is now. */
    Map<NodeId, String> nodes() {
        return Map.copyOf(names);
    }

    /** What a node is called that is among them. */
    Optional<String> name(NodeId id) {
        return Optional.ofNullable(names.get(id));
    }

    boolean isEmpty() {
        return names.isEmpty();
    }

    /** Whether a node of that id, as text, is among them. */
    boolean has(String node) {
        try {
            return names.containsKey(NodeId.parse(node));
        } catch (IllegalArgumentException e) {
            return false;
        }
    }
}

package ioverlay.algo.tree;

import ioverlay.api.NodeId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Which child knows of which era the data is that it gets. Each is told before the first message, once. */
final class Eras {
    private final Map<NodeId, Long> told = new HashMap<>();
    private long era;
    private boolean allKnow;

    /** These are the children now. */
    void route(List<NodeId> children) {
        told.keySet().retainAll(children);
        allKnow = false;
    }

    /** A child begins anew, and remembers nothing. */
    void forget(NodeId child) {
        told.remove(child);
        allKnow = false;
    }

    /** Those that have not heard that what follows is of that era; from now on they have. */
    List<NodeId> untold(List<NodeId> children, long now) {
        if (allKnow && now == era) {
            return List.of();
        }
        List<NodeId> untold = children.stream()
                .filter(child -> told.getOrDefault(child, 0L) != now)
                .toList();
        children.forEach(child -> told.put(child, now));
        era = now;
        allKnow = true;
        return untold;
    }
}

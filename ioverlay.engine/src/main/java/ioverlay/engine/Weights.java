package ioverlay.engine;

import ioverlay.api.NodeId;
import java.util.HashMap;
import java.util.Map;

/**
 * The shares of upstreams in the switch; remembered, so that they also hold for a link that comes later.
 *
 * <p><b>Threads:</b> the turn.
 */
final class Weights {
    static final int MAX_WEIGHT = 1000;
    private static final int MAX_REMEMBERED = 4096;

    private record Key(int application, NodeId upstream) {}

    private final Map<Key, Integer> weights = new HashMap<>();

    /** False if there are too many. */
    boolean set(int application, NodeId upstream, int weight) {
        Key key = new Key(application, upstream);
        if (weights.size() == MAX_REMEMBERED && !weights.containsKey(key)) {
            return false;
        }
        weights.put(key, weight);
        return true;
    }

    /** Gives the port its share; one set for its application counts before one set by slot 0. */
    void apply(Port port) {
        Integer common = weights.getOrDefault(new Key(0, port.from), 1);
        port.weight(weights.getOrDefault(new Key(port.application, port.from), common));
    }
}

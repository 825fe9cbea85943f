package ioverlay.traffic.shape;

import ioverlay.api.NodeId;
import java.util.HashMap;
import java.util.Map;

/**
 * The shares of upstreams in the switch; remembered, so that they also hold for a link that comes later.
 *
 * <p><b>Threads:</b> the turn.
 */
public final class Weights {
    /** The largest share. */
    public static final int MAX_WEIGHT = 1000;

    private static final int MAX_REMEMBERED = 4096;

    private record Key(int application, NodeId upstream) {}

    private final Map<Key, Integer> weights = new HashMap<>();

    /** Remembers a share of 1 to {@value #MAX_WEIGHT}; false if there are too many. */
    public boolean set(int application, NodeId upstream, int weight) {
        Key key = new Key(application, upstream);
        if (weights.size() == MAX_REMEMBERED && !weights.containsKey(key)) {
            return false;
        }
        weights.put(key, weight);
        return true;
    }

    /** The share of an upstream in an application; one set for it counts before one set by slot 0. */
    public int of(int application, NodeId upstream) {
        Integer common = weights.getOrDefault(new Key(0, upstream), 1);
        return weights.getOrDefault(new Key(application, upstream), common);
    }
}

package ioverlay.traffic.shape;

import ioverlay.api.NodeId;
import ioverlay.api.container.NodeStatus.WeightStatus;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * The shares of upstreams in the switch; remembered, so that they also hold for a link that comes later.
 *
 * <p><b>Threads:</b> the turn.
 */
public final class Weights {
    /** The largest share. */
    public static final int MAX_WEIGHT = 1000;

    private static final int MAX_REMEMBERED = 4096;

    private final NavigableMap<Integer, NavigableMap<NodeId, Integer>> weights =
            new TreeMap<>(Integer::compareUnsigned);

    private int remembered;

    /** Remembers a share of 1 to {@value #MAX_WEIGHT}; false if there are too many. */
    public boolean set(int application, NodeId upstream, int weight) {
        NavigableMap<NodeId, Integer> own = weights.getOrDefault(application, new TreeMap<>());
        if (!own.containsKey(upstream)) {
            if (remembered == MAX_REMEMBERED) {
                return false;
            }
            remembered++;
        }
        own.put(upstream, weight);
        weights.put(application, own);
        return true;
    }

    /** The share of an upstream in an application; one set for it counts before one set by slot 0. */
    public int of(int application, NodeId upstream) {
        return of(application, upstream, of(0, upstream, 1));
    }

    private int of(int application, NodeId upstream, int otherwise) {
        NavigableMap<NodeId, Integer> own = weights.get(application);
        return own == null ? otherwise : own.getOrDefault(upstream, otherwise);
    }

    /** All that were set, by application and upstream. */
    public List<WeightStatus> all() {
        List<WeightStatus> all = new ArrayList<>();
        for (Integer application : weights.keySet()) {
            for (NodeId upstream : weights.get(application).keySet()) {
                all.add(new WeightStatus(application, upstream, of(application, upstream, 1)));
            }
        }
        return all;
    }
}

package ioverlay.engine;

import ioverlay.api.NodeId;
import ioverlay.api.container.NodeStatus.WeightStatus;
import ioverlay.traffic.shape.Weights;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * All ports that a switch serves, and their shares, which are remembered for those that come later.
 *
 * <p><b>Threads:</b> the turn.
 */
final class Ports {
    private final Weights weights = new Weights();
    private final Set<Port> all = new HashSet<>();

    Set<Port> all() {
        return all;
    }

    void add(Port port) {
        port.weight(weights.of(port.application, port.from));
        all.add(port);
    }

    /** The shares that were given. */
    List<WeightStatus> weights() {
        return weights.all();
    }

    /** Gives an upstream its share for an application; false if no more of them can be remembered. */
    boolean weigh(int application, NodeId upstream, int weight) {
        if (!weights.set(application, upstream, weight)) {
            return false;
        }
        for (Port port : all) {
            if (!port.isControl && port.from.equals(upstream)) {
                port.weight(weights.of(port.application, port.from));
            }
        }
        return true;
    }
}

package ioverlay.bench.emulation;

import ioverlay.api.NodeId;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.osgi.service.component.annotations.Component;

/**
 * Where the sinks of all nodes put what arrived, and the benchmark reads it.
 *
 * <p><b>Threads:</b> any.
 */
@Component(service = Gauges.class)
public final class Gauges {
    private final Map<Place, Gauge> all = new ConcurrentHashMap<>();

    private record Place(NodeId node, int application) {}

    /** The one of an application at a node. */
    Gauge at(NodeId node, int application) {
        return all.computeIfAbsent(new Place(node, application), place -> new Gauge());
    }

    /** Begins anew: the next node at that address has nothing to do with the last one. */
    void forget(NodeId node) {
        all.keySet().removeIf(place -> place.node().equals(node));
    }
}

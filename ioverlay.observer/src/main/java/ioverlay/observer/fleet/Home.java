package ioverlay.observer.fleet;

import ioverlay.api.NodeId;
import java.time.Instant;
import java.util.List;

/**
 * A container with a line to the observer.
 *
 * @param id of its run
 * @param host where it runs
 * @param pid of its process
 * @param since when the line opened
 * @param nodes that registered through it
 */
public record Home(String id, String host, long pid, Instant since, List<NodeId> nodes) {
    /** Keeps its own list. */
    public Home {
        nodes = List.copyOf(nodes);
    }
}

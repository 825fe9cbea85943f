package ioverlay.cli;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import ioverlay.api.container.ApplicationSpec;
import ioverlay.api.container.NodeSpec;
import ioverlay.api.container.NodeStatus;
import ioverlay.api.container.Nodes;
import ioverlay.api.container.SlotSpec;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Nodes that a command line asks for: a binary tree of relays, each in a city of its own.
 *
 * @param names of the nodes; the first is the root
 * @param port of the first, the others at those after it; 0 for any free ones
 * @param traffic whether the root sends to all others
 */
record Population(List<String> names, int port, boolean traffic) {
    static final int MOST = 1000;

    /** None. */
    static final Population NONE = new Population(List.of(), 0, false);

    private static final int TRAFFIC_BYTES_PER_SECOND = 400_000;

    Population {
        names = List.copyOf(names);
    }

    /** So many, with names of a stem and a number from 1. */
    static Population of(String stem, int count, int port, boolean traffic) {
        return new Population(
                IntStream.rangeClosed(1, count)
                        .mapToObj(number -> stem + number)
                        .toList(),
                port,
                traffic);
    }

    /**
     * Makes those that are not there: leaves first, since a node must know where its children listen. One that is there
     * stays as it is.
     *
     * @throws ioverlay.api.container.RefusedException if one cannot be made
     */
    void settle(Nodes nodes) {
        Map<Integer, String> addresses = new HashMap<>();
        for (int node = names.size() - 1; node >= 0; node--) {
            Optional<NodeStatus> there = nodes.status(names.get(node));
            NodeStatus status = there.isPresent() ? there.get() : nodes.create(spec(node, addresses));
            addresses.put(node, status.id().toString());
        }
        if (traffic) {
            for (int node = names.size() - 1; node >= 0; node--) {
                send(nodes, node);
            }
        }
    }

    private NodeSpec spec(int node, Map<Integer, String> addresses) {
        JsonArray next = new JsonArray();
        children(node).forEach(child -> next.add(addresses.get(child)));
        JsonObject settings = new JsonObject();
        settings.add("next", next);
        settings.addProperty("deliver", node != Tree.ROOT);
        NodeSpec spec = NodeSpec.named(names.get(node))
                .withLocation(City.of(node))
                .withSlot(Grove.APPLICATION, SlotSpec.of(Grove.ALGORITHM).withSettings(settings));
        return port == 0 ? spec : spec.withAddress(spec.address(), port + node);
    }

    private List<Integer> children(int node) {
        return IntStream.rangeClosed(2 * node + 1, 2 * node + 2)
                .filter(child -> child < names.size())
                .boxed()
                .toList();
    }

    private void send(Nodes nodes, int node) {
        boolean sends = nodes.status(names.get(node)).stream()
                .flatMap(status -> status.applications().stream())
                .anyMatch(application -> application.application() == Grove.APPLICATION);
        if (sends) {
            return;
        }
        JsonObject settings = new JsonObject();
        if (node == Tree.ROOT) {
            settings.addProperty("bytesPerSecond", TRAFFIC_BYTES_PER_SECOND);
        }
        nodes.start(
                names.get(node),
                new ApplicationSpec(node == Tree.ROOT ? "source.cbr" : "sink.counting", Grove.APPLICATION, settings));
    }
}

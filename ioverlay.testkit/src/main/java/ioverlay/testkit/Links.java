package ioverlay.testkit;

import ioverlay.api.NodeId;
import ioverlay.api.container.LinkEmulation.Way;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** Which links the node has: those that the test said, and those that traffic came or went over. */
final class Links {
    private final Map<Way, Set<NodeId>> there = new EnumMap<>(Way.class);

    Links() {
        for (Way way : Way.values()) {
            there.put(way, new HashSet<>());
        }
    }

    boolean has(Way way, NodeId neighbour) {
        return of(way).contains(neighbour);
    }

    void add(Way way, NodeId neighbour) {
        of(way).add(neighbour);
    }

    void remove(Way way, NodeId neighbour) {
        of(way).remove(neighbour);
    }

    private Set<NodeId> of(Way way) {
        return there.getOrDefault(way, Set.of());
    }
}

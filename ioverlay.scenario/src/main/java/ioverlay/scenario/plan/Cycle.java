package ioverlay.scenario.plan;

import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Finds a way that leads back to where it came from; with a stack of its own, since a chain may have thousands of nodes. */
public final class Cycle {
    private static final int MOST_SHOWN = 12;

    private record Stop(String node, Iterator<String> rest) {}

    private Cycle() {}

    /** The first that is found, from a node to the same; empty if there is none. */
    public static List<String> in(Map<String, ? extends Collection<String>> next) {
        Set<String> done = new HashSet<>();
        for (String start : next.keySet()) {
            List<String> found = from(start, next, done);
            if (!found.isEmpty()) {
                return found;
            }
        }
        return List.of();
    }

    private static List<String> from(String start, Map<String, ? extends Collection<String>> next, Set<String> done) {
        Deque<Stop> way = new ArrayDeque<>();
        Set<String> onIt = new HashSet<>();
        if (done.add(start)) {
            onIt.add(start);
            way.addLast(new Stop(start, hops(start, next)));
        }
        while (!way.isEmpty()) {
            Stop last = way.getLast();
            if (!last.rest.hasNext()) {
                way.removeLast();
                onIt.remove(last.node);
                continue;
            }
            String hop = last.rest.next();
            if (onIt.contains(hop)) {
                return loop(way, hop);
            }
            if (done.add(hop)) {
                onIt.add(hop);
                way.addLast(new Stop(hop, hops(hop, next)));
            }
        }
        return List.of();
    }

    private static Iterator<String> hops(String node, Map<String, ? extends Collection<String>> next) {
        Collection<String> hops = next.get(node);
        return hops == null ? List.<String>of().iterator() : List.copyOf(hops).iterator();
    }

    private static List<String> loop(Deque<Stop> way, String back) {
        List<String> nodes =
                new java.util.ArrayList<>(way.stream().map(Stop::node).toList());
        List<String> loop = new java.util.ArrayList<>(nodes.subList(nodes.indexOf(back), nodes.size()));
        loop.add(back);
        return loop;
    }

    /** For a person. */
    static String shown(List<String> loop) {
        if (loop.size() <= MOST_SHOWN) {
            return String.join(" → ", loop);
        }
        return String.join(" → ", loop.subList(0, MOST_SHOWN)) + " → … → " + loop.getLast();
    }
}

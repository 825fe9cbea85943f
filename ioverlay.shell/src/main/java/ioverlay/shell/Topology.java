package ioverlay.shell;

import ioverlay.api.NodeId;
import ioverlay.api.container.NodeStatus;
import ioverlay.api.container.NodeStatus.RateStatus;
import ioverlay.api.container.NodeStatus.SessionStatus;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;

/** The way that one application's data takes, as the nodes of this container see it. */
final class Topology {
    /** Below this the way goes on, but not its picture. */
    private static final int MOST_DEPTH = 200;

    private final int application;
    private final Map<NodeId, String> names = new HashMap<>();
    private final Map<NodeId, RateStatus> rates = new HashMap<>();
    private final Map<NodeId, Set<NodeId>> next = new LinkedHashMap<>();
    private final Set<NodeId> sources = new LinkedHashSet<>();
    private final Set<NodeId> sinks = new HashSet<>();
    private final Set<NodeId> reached = new HashSet<>();

    private Topology(List<NodeStatus> nodes, int application) {
        this.application = application;
        nodes.forEach(node -> names.put(node.id(), node.name()));
        nodes.forEach(node -> node.sessions().stream()
                .filter(session -> session.application() == application)
                .forEach(session -> add(node.id(), session)));
    }

    private void add(NodeId node, SessionStatus session) {
        rates.put(node, session.rates());
        next.computeIfAbsent(node, id -> new LinkedHashSet<>());
        for (NodeId upstream : session.upstreams()) {
            if (upstream.equals(node)) {
                sources.add(node);
            } else {
                hop(upstream, node);
            }
        }
        for (NodeId downstream : session.downstreams()) {
            if (downstream.equals(node)) {
                sinks.add(node);
            } else {
                hop(node, downstream);
            }
        }
    }

    private void hop(NodeId from, NodeId to) {
        next.computeIfAbsent(from, id -> new LinkedHashSet<>()).add(to);
        reached.add(to);
    }

    /** The applications whose data passes anywhere, in order. */
    static List<Integer> applications(List<NodeStatus> nodes) {
        Set<Integer> all = new TreeSet<>(Integer::compareUnsigned);
        nodes.forEach(node -> node.sessions().forEach(session -> all.add(session.application())));
        return List.copyOf(all);
    }

    static Shown<Hop> shown(List<NodeStatus> nodes, List<Integer> applications) {
        List<Topology> topologies = applications.stream()
                .map(application -> new Topology(nodes, application))
                .toList();
        List<Hop> hops =
                topologies.stream().map(Topology::hops).flatMap(List::stream).toList();
        return new Shown<>(
                hops,
                (all, look) -> topologies.isEmpty()
                        ? List.of("no data passes")
                        : topologies.stream()
                                .map(topology -> topology.lines(look))
                                .flatMap(List::stream)
                                .toList());
    }

    private List<Hop> hops() {
        List<Hop> hops = new ArrayList<>();
        sources.forEach(node -> hops.add(new Hop(application, node, node)));
        next.forEach((from, all) -> all.forEach(to -> hops.add(new Hop(application, from, to))));
        sinks.stream()
                .filter(Predicate.not(sources::contains))
                .forEach(node -> hops.add(new Hop(application, node, node)));
        return hops;
    }

    private List<String> lines(Look look) {
        List<String> lines = new ArrayList<>();
        String name = "application " + States.id(application);
        if (next.isEmpty()) {
            lines.add(name + ": no data passes");
            return lines;
        }
        Set<NodeId> all = new HashSet<>(next.keySet());
        all.addAll(reached);
        lines.add(name + ": " + all.size() + (all.size() == 1 ? " node" : " nodes"));
        Set<NodeId> drawn = new HashSet<>();
        roots().forEach(root -> draw(new Branch(root, "", "", 0), lines, drawn, look));
        next.keySet().stream() // what goes round in a circle has no root
                .filter(node -> !drawn.contains(node))
                .toList()
                .forEach(node -> {
                    if (!drawn.contains(node)) {
                        draw(new Branch(node, "", "", 0), lines, drawn, look);
                    }
                });
        return lines;
    }

    /** Sources first, then where data comes from that nobody here says more of. */
    private Collection<NodeId> roots() {
        Set<NodeId> roots = new LinkedHashSet<>(sources);
        next.keySet().stream().filter(node -> !reached.contains(node)).forEach(roots::add);
        return roots;
    }

    private record Branch(NodeId node, String lead, String below, int depth) {}

    private void draw(Branch branch, List<String> lines, Set<NodeId> drawn, Look look) {
        NodeId node = branch.node();
        boolean again = !drawn.add(node);
        List<NodeId> children = List.copyOf(next.getOrDefault(node, Set.of()));
        boolean cut = branch.depth() == MOST_DEPTH && !children.isEmpty();
        lines.add(fitted(branch.lead() + label(node) + (again ? "  ^" : "") + (cut ? "  ..." : ""), look));
        if (again || cut) {
            return;
        }
        for (int index = 0; index < children.size(); index++) {
            boolean last = index == children.size() - 1;
            draw(
                    new Branch(
                            children.get(index),
                            branch.below() + (last ? look.sign("└─ ", "`- ") : look.sign("├─ ", "|- ")),
                            branch.below() + (last ? "   " : look.sign("│  ", "|  ")),
                            branch.depth() + 1),
                    lines,
                    drawn,
                    look);
        }
    }

    private String label(NodeId node) {
        StringBuilder label = new StringBuilder(names.getOrDefault(node, node.toString()));
        if (sources.contains(node)) {
            label.append("  source");
        }
        if (sinks.contains(node)) {
            label.append("  sink");
        }
        RateStatus rate = rates.get(node);
        if (rate != null && rate.inBytesPerSecond() > 0) {
            label.append("  in ").append(Units.rate(rate.inBytesPerSecond()));
        }
        if (rate != null && rate.outBytesPerSecond() > 0) {
            label.append("  out ").append(Units.rate(rate.outBytesPerSecond()));
        }
        return label.toString();
    }

    private static String fitted(String line, Look look) {
        Cell cell = Cell.of(line);
        return look.columns() == 0 || cell.width() <= look.columns()
                ? cell.text()
                : cell.in(look.columns(), false, look);
    }
}

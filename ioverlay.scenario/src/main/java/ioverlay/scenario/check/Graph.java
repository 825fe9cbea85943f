package ioverlay.scenario.check;

import com.google.gson.JsonObject;
import ioverlay.scenario.plan.Cycle;
import ioverlay.scenario.plan.Probe;
import ioverlay.scenario.run.Sample;
import ioverlay.scenario.run.Sample.Reading;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * The topology of one application at a moment.
 *
 * @param nodes that were there
 * @param next the nodes that each sends to
 */
record Graph(Set<String> nodes, Map<String, Set<String>> next) {
    /** Of a sample; application 0 is all together. */
    static Graph of(Sample sample, int application) {
        Map<String, Set<String>> next = new HashMap<>();
        sample.nodes()
                .forEach((node, reading) -> reading.downstreams().forEach((id, downstreams) -> {
                    if (application == 0 || id == application) {
                        next.computeIfAbsent(node, key -> new TreeSet<>()).addAll(downstreams);
                    }
                }));
        return new Graph(sample.nodes().keySet(), next);
    }

    /** As {@code a > b}, in order. */
    List<String> edges() {
        List<String> edges = new ArrayList<>();
        next.forEach((from, all) -> all.forEach(to -> edges.add(from + " > " + to)));
        return edges.stream().sorted().toList();
    }

    boolean hasLoop() {
        return !Cycle.in(next).isEmpty();
    }

    /**
     * Whether an application of a sample had a loop. Where algorithms say whom they call their parent, that counts: who follow each
     * other in a circle get no data, so that none of its edges would show it.
     *
     * @param loops the probe that has the parents; application 0 is each for itself
     */
    static boolean hasLoop(Sample sample, Probe loops) {
        Map<String, Map<String, Set<String>>> children = children(sample, loops);
        Set<String> others = new HashSet<>();
        for (Reading reading : sample.nodes().values()) {
            reading.downstreams().keySet().forEach(id -> others.add(Integer.toUnsignedString(id)));
        }
        others.removeAll(children.keySet());
        return children.values().stream().anyMatch(tree -> !Cycle.in(tree).isEmpty())
                || others.stream()
                        .map(Integer::parseUnsignedInt)
                        .filter(id -> loops.application() == 0 || id == loops.application())
                        .anyMatch(id -> of(sample, id).hasLoop());
    }

    /** Of each application whose algorithms have parents: parent and those that call it so. */
    private static Map<String, Map<String, Set<String>>> children(Sample sample, Probe loops) {
        Map<String, Map<String, Set<String>>> trees = new HashMap<>();
        sample.nodes().forEach((node, reading) -> {
            if (reading.values().get(loops) instanceof JsonObject parents) {
                parents.asMap().forEach((application, parent) -> {
                    Map<String, Set<String>> tree = trees.computeIfAbsent(application, key -> new HashMap<>());
                    if (!parent.getAsString().isEmpty()) {
                        tree.computeIfAbsent(parent.getAsString(), key -> new TreeSet<>())
                                .add(node);
                    }
                });
            }
        });
        return trees;
    }

    /** {@code a tree}, or why it is none that has all these nodes. */
    String judged(List<String> members, String root) {
        Map<String, Integer> parents = new HashMap<>();
        next.values().forEach(all -> all.forEach(node -> parents.merge(node, 1, Integer::sum)));
        for (String node : members) {
            int many = parents.getOrDefault(node, 0);
            if (node.equals(root) ? many > 0 : many != 1) {
                return node + " has " + many + " parents";
            }
        }
        if (hasLoop()) {
            return "there is a loop";
        }
        Set<String> reached = new HashSet<>();
        List<String> open = new ArrayList<>(List.of(root));
        while (!open.isEmpty()) {
            String node = open.removeLast();
            if (reached.add(node)) {
                open.addAll(next.getOrDefault(node, Set.of()));
            }
        }
        for (String node : members) {
            if (!reached.contains(node)) {
                return node + " is not reached from " + root;
            }
        }
        return "a tree";
    }
}

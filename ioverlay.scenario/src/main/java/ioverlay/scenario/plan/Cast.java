package ioverlay.scenario.plan;

import ioverlay.scenario.text.Nearest;
import ioverlay.scenario.text.Value;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.SequencedSet;

/** Who there is in a scenario: nodes by name, groups of them by name, and how an entry names some of them. */
final class Cast {
    static final String ALL = "all";

    /** All names in all entries together: a few characters may name thousands of nodes, thousands of times. */
    private static final int MOST_NAMED = 1_000_000;

    private final SequencedMap<String, List<String>> groups = new LinkedHashMap<>();
    private final SequencedSet<String> nodes = new LinkedHashSet<>();
    private List<String> all = List.of();
    private int named;

    /** Adds a node that is alone, or the nodes of a group. */
    void add(Value at, String name, List<String> members) {
        if (name.equals(ALL) || groups.putIfAbsent(name, List.copyOf(members)) != null || nodes.contains(name)) {
            throw at.wrong("nodes and groups have names of their own, and this one is taken");
        }
        for (String member : members) {
            if (!nodes.add(member) || (!member.equals(name) && groups.containsKey(member))) {
                throw at.wrong("nodes and groups have names of their own, and '" + member + "' is taken");
            }
        }
    }

    /** Adds a name for some nodes that are there. */
    void name(Value at, String name, List<String> members) {
        if (members.isEmpty()) {
            throw at.mistake("a group has at least one node, and '" + name + "' has none");
        }
        if (name.equals(ALL) || nodes.contains(name) || groups.putIfAbsent(name, List.copyOf(members)) != null) {
            throw at.wrong("nodes and groups have names of their own, and '" + name + "' is taken");
        }
    }

    /** A name that was given wrongly: that is said, and whoever uses it is not wrong for that. */
    void excuse(String name) {
        if (!has(name) && !name.equals(ALL)) {
            groups.put(name, nodes());
        }
    }

    List<String> nodes() {
        if (all.size() != nodes.size()) {
            all = List.copyOf(nodes);
        }
        return all;
    }

    int size() {
        return nodes.size();
    }

    /** Whether it is the name of a node or a group. */
    boolean has(String name) {
        return nodes.contains(name) || groups.containsKey(name);
    }

    /** The same nodes; refuses what names too many. */
    List<String> spent(Value at, List<String> chosen) {
        named += chosen.size();
        if (named > MOST_NAMED) {
            throw at.wrong(
                    "all entries of a scenario together name at most " + MOST_NAMED + " nodes, and this is beyond");
        }
        return chosen;
    }

    boolean isNode(String name) {
        return nodes.contains(name);
    }

    Map<String, List<String>> groups() {
        return new LinkedHashMap<>(groups);
    }

    SequencedSet<String> names() {
        SequencedSet<String> names = new LinkedHashSet<>(nodes);
        names.addAll(groups.keySet());
        return names;
    }

    /** The nodes of a name; empty if there is none. */
    List<String> of(String name) {
        if (name.equals(ALL)) {
            return nodes();
        }
        return nodes.contains(name) ? List.of(name) : groups.getOrDefault(name, List.of());
    }

    /** The nodes that a value names: a name, a name with {@code :first} or {@code :last}, or a list of them. */
    List<String> chosen(Value value) {
        return spent(value, named(value));
    }

    private List<String> named(Value value) {
        if (value.kind() == Value.Kind.LIST) {
            if (value.items().isEmpty()) {
                throw value.mistake("nodes are named by a name or a list of at least one, and this list is empty");
            }
            SequencedSet<String> chosen = new LinkedHashSet<>();
            value.items().forEach(item -> chosen.addAll(named(item)));
            return List.copyOf(chosen);
        }
        if (!value.isText()) {
            throw value.wrong("nodes are named by a name or a list of names");
        }
        String text = value.scalar().getAsString();
        int colon = text.indexOf(':');
        List<String> members = members(value, colon < 0 ? text : text.substring(0, colon));
        return switch (colon < 0 ? "" : text.substring(colon + 1)) {
            case "" -> members;
            case "first" -> List.of(members.getFirst());
            case "last" -> List.of(members.getLast());
            case "rest" -> new ArrayList<>(members.subList(1, members.size()));
            default -> throw value.wrong("behind a group's name stands ':first', ':last' or ':rest'");
        };
    }

    private List<String> members(Value value, String name) {
        List<String> members = of(name);
        if (members.isEmpty()) {
            throw value.mistake("there is no node or group '" + name + "'" + Nearest.hint(name, names()));
        }
        return members;
    }
}

package ioverlay.shell;

import ioverlay.api.NodeId;
import ioverlay.api.container.NodeStatus;
import ioverlay.api.container.NodeStatus.SlotStatus;
import ioverlay.api.container.Nodes;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Finds what a person has named, or says what there is instead. */
final class Names {
    /** In place of a node: every node. */
    static final String ALL = "all";

    /** How many names a sentence lists; of more it tells the nearest. */
    private static final int MOST_LISTED = 12;

    private Names() {}

    /** The node of that name or id. */
    static NodeStatus node(Nodes nodes, String text) {
        return nodes.status(text).orElseThrow(() -> new Failed(unknown(nodes.list(), text)));
    }

    /** The nodes of these names; {@link #ALL} is all of them. */
    static List<NodeStatus> nodes(Nodes nodes, List<String> texts) {
        if (texts.contains(ALL) && nodes.status(ALL).isEmpty()) {
            List<NodeStatus> all = nodes.list();
            if (all.isEmpty()) {
                throw new Failed("there are no nodes");
            }
            return all;
        }
        return texts.stream().distinct().map(text -> node(nodes, text)).toList();
    }

    /** The node of that name or id in this container, or that id anywhere. */
    static NodeId peer(Nodes nodes, String text) {
        Optional<NodeStatus> here = nodes.status(text);
        if (here.isPresent()) {
            return here.get().id();
        }
        if (text.indexOf(':') < 0) {
            throw new Failed(unknown(nodes.list(), text) + "; elsewhere it is named by its address, as 127.0.0.1:7001");
        }
        return NodeId.parse(text);
    }

    private static String unknown(List<NodeStatus> nodes, String text) {
        return none("node", text, nodes.stream().map(NodeStatus::name).toList());
    }

    /** "there is no node 'n9'; there are: n1, n2". */
    static String none(String kind, String text, List<String> there) {
        String start = "there is no " + kind + " '" + text + "'; ";
        if (there.isEmpty()) {
            return start + "there are none";
        }
        return there.size() <= MOST_LISTED
                ? start + (there.size() == 1 ? "there is: " : "there are: ") + String.join(", ", there)
                : start + "the nearest of " + there.size() + " is '" + nearest(text, there) + "'";
    }

    /** The slot that was named, or the only one that the node has. */
    static SlotStatus slot(NodeStatus node, String text) {
        List<SlotStatus> slots = node.slots();
        if (text.isEmpty()) {
            if (slots.size() == 1) {
                return slots.getFirst();
            }
            throw new Failed(
                    slots.isEmpty()
                            ? "node '" + node.name() + "' has no slot"
                            : "node '" + node.name() + "' has the slots " + listed(slots) + ": say which with --slot");
        }
        int application = Texts.application(text, 0);
        return slots.stream()
                .filter(slot -> slot.application() == application)
                .findFirst()
                .orElseThrow(() -> new Failed(none(
                                "slot",
                                Integer.toUnsignedString(application),
                                slots.stream()
                                        .map(slot -> Integer.toUnsignedString(slot.application()))
                                        .toList())
                        + " at node '" + node.name() + "'"));
    }

    private static String listed(List<SlotStatus> slots) {
        return String.join(
                ", ",
                slots.stream()
                        .map(slot -> Integer.toUnsignedString(slot.application()))
                        .toList());
    }

    /** The name that takes the fewest changes. */
    static String nearest(String text, List<String> there) {
        return there.stream()
                .min(Comparator.comparingInt(name -> distance(text, name)))
                .orElse("");
    }

    private static int distance(String from, String to) {
        int[] row = new int[to.length() + 1];
        for (int column = 0; column < row.length; column++) {
            row[column] = column;
        }
        for (int line = 1; line <= from.length(); line++) {
            int diagonal = row[0];
            row[0] = line;
            for (int column = 1; column < row.length; column++) {
                int changed = diagonal + (from.charAt(line - 1) == to.charAt(column - 1) ? 0 : 1);
                diagonal = row[column];
                row[column] = Math.min(changed, 1 + Math.min(row[column], row[column - 1]));
            }
        }
        return row[to.length()];
    }
}

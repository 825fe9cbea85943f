package ioverlay.scenario.plan;

import ioverlay.scenario.text.Nearest;
import ioverlay.scenario.text.Value;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** What can be measured. */
public enum What {
    /** Bytes per second that an application gets, headers included, on average over the window. */
    THROUGHPUT("B/s", true),
    /** Bytes per second that a node takes from neighbours, on average. */
    IN("B/s", true),
    /** Bytes per second that a node sends to neighbours, on average. */
    OUT("B/s", true),
    /** What the node's own caps let through, on average. */
    LAST_MILE("B/s", true),
    /** Bytes that an application got. */
    RECEIVED("B", true),
    /** Bytes that an application made. */
    SENT("B", true),
    /** Messages that an application got. */
    MESSAGES("", true),
    /** Bytes that wait at a node, on average. */
    QUEUED("B", true),
    /** A number in what an application says of itself, by its name. */
    COUNT("", true),
    /** A counter of the node, by its name. */
    COUNTER("", true),
    /** A value in what an algorithm says of itself, by JSON pointer. */
    DETAIL("", true),
    /** A value in a node's status, by JSON pointer. */
    STATUS("", true),
    /** The version that serves an application. */
    VERSION("", true),
    /** How many neighbours a node has in the topology of an application. */
    DEGREE("", true),
    /** The longest time for which an application got nothing. */
    GAP("s", true),
    /** The edges of an application's topology. */
    EDGES("", false),
    /** Whether an application's topology is a tree that has all nodes. */
    TREE("", false),
    /** Samples in which an application's topology had a loop. */
    LOOPS("", false),
    /** Nodes that are there. */
    NODES("", false),
    /** Events of a kind. */
    EVENTS("", false),
    /** Swaps that ended well. */
    SWAPS("", false),
    /** The longest pause of a swap. */
    PAUSE("s", false),
    /** How late an entry of the time line was, at most. */
    LATENESS("s", false);

    private final String unit;
    private final boolean perNode;

    What(String unit, boolean perNode) {
        this.unit = unit;
        this.perNode = perNode;
    }

    /** Of the number that comes out. */
    public String unit() {
        return unit;
    }

    /** Whether each node has its own. */
    public boolean isPerNode() {
        return perNode;
    }

    /** As it is written in a file. */
    public String word() {
        return this == LAST_MILE ? "lastMile" : name().toLowerCase(Locale.ROOT);
    }

    /** Whether it only grows as long as the node lives. */
    public boolean isCumulative() {
        return switch (this) {
            case THROUGHPUT, RECEIVED, SENT, MESSAGES, COUNT, COUNTER, GAP -> true;
            default -> false;
        };
    }

    static What read(Value value) {
        List<String> words = Arrays.stream(values()).map(What::word).toList();
        for (What what : values()) {
            if (value.isText() && what.word().equals(value.scalar().getAsString())) {
                return what;
            }
        }
        throw value.wrong("what is measured is one of " + String.join(", ", words)
                + (value.isText()
                        ? Nearest.of(value.scalar().getAsString(), words)
                                .map(near -> " (did you mean '" + near + "'?)")
                                .orElse("")
                        : ""));
    }
}

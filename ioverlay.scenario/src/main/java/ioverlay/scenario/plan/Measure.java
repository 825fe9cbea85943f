package ioverlay.scenario.plan;

import java.util.List;

/**
 * A measurement over a window of a run.
 *
 * @param probe what
 * @param nodes where, if it is of nodes
 * @param gather how the nodes' values become one
 * @param from the beginning of the window
 * @param isWindowed whether the beginning was said
 * @param to its end
 * @param factor by which it is multiplied
 * @param root of a tree, or empty
 */
public record Measure(
        Probe probe,
        List<String> nodes,
        Gather gather,
        Moment from,
        boolean isWindowed,
        Moment to,
        double factor,
        String root) {
    /** How many values become one. */
    public enum Gather {
        /** Each for itself. */
        EACH,
        /** All together. */
        SUM,
        /** Their mean. */
        MEAN,
        /** The one in the middle. */
        MEDIAN,
        /** The least. */
        MIN,
        /** The greatest. */
        MAX
    }

    /** The same at one node. */
    public Measure at(String node) {
        return new Measure(probe, List.of(node), Gather.SUM, from, isWindowed, to, factor, root);
    }
}

package ioverlay.scenario.plan;

import java.util.List;
import java.util.Optional;

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
 * @param divisor by which it is divided, if by anything
 */
public record Measure(
        Probe probe,
        List<String> nodes,
        Gather gather,
        Moment from,
        boolean isWindowed,
        Moment to,
        double factor,
        String root,
        Optional<Measure> divisor) {
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

    /** The same at one node; so is what it is divided by, if that is of the same nodes. */
    public Measure at(String node) {
        Optional<Measure> there = divisor.map(one -> one.nodes.equals(nodes) ? one.at(node) : one);
        return new Measure(probe, List.of(node), Gather.SUM, from, isWindowed, to, factor, root, there);
    }

    /** The same divided by another. */
    Measure over(Measure other) {
        return new Measure(probe, nodes, gather, from, isWindowed, to, factor, root, Optional.of(other));
    }

    /** Of the number that comes out; empty for a ratio. */
    public String unit() {
        return divisor.isPresent() ? "" : probe.unit();
    }
}

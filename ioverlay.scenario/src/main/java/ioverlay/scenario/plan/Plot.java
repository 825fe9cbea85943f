package ioverlay.scenario.plan;

import java.util.List;
import java.util.Optional;

/**
 * A picture that the report is to have.
 *
 * @param title for a person
 * @param kind how it is drawn
 * @param unit of its values; empty for a plain number
 * @param axis what stands below, or empty
 * @param isLogarithmic whether each step up is a multiple
 * @param curves in the order of the file; those of one name share a colour
 * @param lines values with a name, drawn through all of it
 */
public record Plot(
        String title,
        Kind kind,
        String unit,
        String axis,
        boolean isLogarithmic,
        List<Curve> curves,
        List<Spot> lines) {
    /** How the values are drawn. */
    public enum Kind {
        /** In descending order, over their rank. */
        SORTED,
        /** The part of nodes that have at most a value. */
        CDF,
        /** One beside the other, each over its own name. */
        POINTS
    }

    /**
     * Values that are drawn as one.
     *
     * @param name in the legend
     * @param spots in the order of the file
     */
    public record Curve(String name, List<Spot> spots) {}

    /**
     * A value with its name: a node, a place on the axis, a line.
     *
     * @param name of it
     * @param measure what it comes from; empty if it was said
     * @param value that was said
     */
    public record Spot(String name, Optional<Measure> measure, double value) {}
}

package ioverlay.scenario.run;

import com.google.gson.JsonElement;
import ioverlay.scenario.plan.Probe;
import java.util.List;
import java.util.Map;

/**
 * What was seen of the nodes at a moment.
 *
 * @param seconds on the run's clock
 * @param nodes that were there, by name
 */
public record Sample(double seconds, Map<String, Reading> nodes) {
    /**
     * What was seen of a node.
     *
     * @param seconds when, on the run's clock
     * @param values by probe
     * @param downstreams names of the nodes that an application's data goes to, by application
     * @param links bytes per second to neighbours, by name
     * @param life which it is of the node's, and what has grown until then
     */
    public record Reading(
            double seconds,
            Map<Probe, JsonElement> values,
            Map<Integer, List<String>> downstreams,
            Map<String, Double> links,
            Life life) {
        /** Of a node that has only one life, in which each value is what has grown. */
        public Reading(
                double seconds,
                Map<Probe, JsonElement> values,
                Map<Integer, List<String>> downstreams,
                Map<String, Double> links) {
            this(seconds, values, downstreams, links, new Life(1, Map.of()));
        }
    }

    /**
     * How far a node has come.
     *
     * @param number how often it has been made, as far as samples show
     * @param grown by how much that which only grows did, over all lives and applications, by probe
     */
    public record Life(int number, Map<Probe, Double> grown) {}
}

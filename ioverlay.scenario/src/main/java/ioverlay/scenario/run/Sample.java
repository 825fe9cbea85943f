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
     */
    public record Reading(
            double seconds,
            Map<Probe, JsonElement> values,
            Map<Integer, List<String>> downstreams,
            Map<String, Double> links) {}
}

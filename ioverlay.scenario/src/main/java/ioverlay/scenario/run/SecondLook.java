package ioverlay.scenario.run;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import ioverlay.scenario.plan.Cycle;
import ioverlay.scenario.plan.Probe;
import ioverlay.scenario.plan.What;
import ioverlay.scenario.run.Sample.Reading;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Nodes are asked one after another, so that parents which change in between may look like a circle that never was. What all of
 * two rounds say was so between them, when the first was over and the second had not begun.
 */
final class SecondLook {
    private SecondLook() {}

    /** Whether parents of a round are in a circle. */
    static boolean isNeeded(Map<String, Reading> round) {
        Map<String, Map<String, Set<String>>> ways = new HashMap<>();
        round.forEach((node, reading) -> reading.values().forEach((probe, value) -> {
            if (probe.what() == What.LOOPS && value instanceof JsonObject parents) {
                parents.asMap()
                        .forEach((application, parent) -> ways.computeIfAbsent(application, id -> new HashMap<>())
                                .put(node, Set.of(parent.getAsString())));
            }
        }));
        return ways.values().stream().anyMatch(way -> !Cycle.in(way).isEmpty());
    }

    /** The first round with those of its parents that the second names too. */
    static Map<String, Reading> agreed(Map<String, Reading> first, Map<String, Reading> second) {
        Map<String, Reading> agreed = new HashMap<>();
        first.forEach((node, reading) -> {
            Map<Probe, JsonElement> values = new HashMap<>(reading.values());
            Map<Probe, JsonElement> later =
                    second.containsKey(node) ? second.get(node).values() : Map.of();
            values.replaceAll((probe, value) -> probe.what() == What.LOOPS ? common(value, later.get(probe)) : value);
            agreed.put(
                    node,
                    new Reading(reading.seconds(), values, reading.downstreams(), reading.links(), reading.life()));
        });
        return agreed;
    }

    /** Whoever changes its parent between the rounds has none. */
    private static JsonElement common(JsonElement first, @Nullable JsonElement second) {
        JsonObject common = new JsonObject();
        if (first instanceof JsonObject parents) {
            parents.asMap().forEach((application, parent) -> {
                boolean stays = second instanceof JsonObject later && parent.equals(later.get(application));
                common.addProperty(application, stays ? parent.getAsString() : "");
            });
        }
        return common;
    }
}

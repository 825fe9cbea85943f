package ioverlay.scenario.run;

import com.google.gson.JsonElement;
import com.google.gson.JsonPrimitive;
import ioverlay.api.container.NodeStatus;
import ioverlay.scenario.plan.Probe;
import ioverlay.scenario.run.Sample.Reading;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.ToDoubleBiFunction;
import java.util.stream.Collectors;

/** Notebooks for tests. */
public final class Notes {
    private Notes() {}

    /** One sample at second 1, in which each node has its value of each probe. */
    public static Notebook of(Map<String, Map<Probe, Double>> nodes) {
        Notebook notebook = new Notebook();
        Map<String, Reading> readings = new HashMap<>();
        nodes.forEach((node, values) -> {
            Map<Probe, JsonElement> all = new HashMap<>();
            values.forEach((probe, value) -> all.put(probe, new JsonPrimitive(value)));
            readings.put(node, new Reading(1, all, Map.of(1, List.of()), Map.of()));
        });
        notebook.add(new Sample(1, readings));
        return notebook;
    }

    /** These samples. */
    public static Notebook of(List<Sample> samples) {
        Notebook notebook = new Notebook();
        samples.forEach(notebook::add);
        return notebook;
    }

    /** As a run reads it: what each node said of itself, by the second at which all were asked. */
    public static Notebook of(Set<Probe> probes, Map<Double, List<NodeStatus>> said) {
        Notebook notebook = new Notebook();
        Set<Probe> stored = probes.stream().map(Notebook::stored).collect(Collectors.toSet());
        Readings readings = new Readings(stored, address -> address);
        new TreeMap<>(said).forEach((seconds, statuses) -> {
            Map<String, Reading> nodes = new HashMap<>();
            statuses.forEach(status -> nodes.put(status.name(), readings.of(status, seconds)));
            notebook.add(new Sample(seconds, nodes));
        });
        return notebook;
    }

    /** Samples a second apart, in which each node has the value that a function of node and second gives each probe. */
    public static Notebook of(
            int seconds, List<String> nodes, Set<Probe> probes, ToDoubleBiFunction<String, Integer> value) {
        Notebook notebook = new Notebook();
        for (int second = 0; second < seconds; second++) {
            Map<String, Reading> readings = new HashMap<>();
            for (String node : nodes) {
                Map<Probe, JsonElement> all = new HashMap<>();
                for (Probe probe : probes) {
                    all.put(Notebook.stored(probe), new JsonPrimitive(value.applyAsDouble(node, second)));
                }
                readings.put(node, new Reading(second, all, Map.of(1, List.of()), Map.of()));
            }
            notebook.add(new Sample(second, readings));
        }
        return notebook;
    }

    /** Adds an entry of the time line that was done by each, and an event of each. */
    public static void all(Notebook notebook, List<String> nodes, String verb, String event) {
        nodes.forEach(node -> {
            notebook.add(new Deed(0, verb, node, 1, 1.5, 0.1, true, false, "was told", -1, ""));
            notebook.add(new Happening(2, event, node, "something of " + node));
        });
    }
}

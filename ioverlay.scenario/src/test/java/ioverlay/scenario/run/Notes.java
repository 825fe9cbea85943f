package ioverlay.scenario.run;

import com.google.gson.JsonPrimitive;
import ioverlay.scenario.plan.Probe;
import ioverlay.scenario.run.Sample.Reading;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Notebooks for tests. */
public final class Notes {
    private Notes() {}

    /** One sample at second 1, in which each node has its value of each probe. */
    public static Notebook of(Map<String, Map<Probe, Double>> nodes) {
        Notebook notebook = new Notebook();
        Map<String, Reading> readings = new HashMap<>();
        nodes.forEach((node, values) -> {
            Map<Probe, com.google.gson.JsonElement> all = new HashMap<>();
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
}

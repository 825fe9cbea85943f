package ioverlay.scenario.report;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import ioverlay.api.container.Emulation;
import ioverlay.api.container.Location;
import ioverlay.api.container.NodeStatus;
import ioverlay.scenario.plan.PlannedNode;
import ioverlay.scenario.run.Sample;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeSet;

/** Who was there, where, and who sent to whom: {@code topology.json}. */
final class Topology {
    private Topology() {}

    static JsonObject of(Result result) {
        JsonObject json = new JsonObject();
        json.addProperty("scenario", result.scenario().name());
        json.addProperty("run", result.name().name());
        Map<String, NodeStatus> last = new HashMap<>();
        result.traces().last().forEach(status -> last.put(status.name(), status));
        JsonArray nodes = new JsonArray();
        for (PlannedNode planned : result.scenario().nodes()) {
            nodes.add(node(planned, last));
        }
        json.add("nodes", nodes);
        json.add("edges", edges(result.traces().notebook().samples()));
        return json;
    }

    /** Without what no page shows. */
    static JsonObject drawn(Result result) {
        JsonObject json = of(result);
        for (JsonElement node : json.getAsJsonArray("nodes")) {
            JsonObject one = node.getAsJsonObject();
            one.remove("there");
            one.entrySet().removeIf(member -> member.getValue().isJsonNull());
            one.getAsJsonArray("slots").forEach(slot -> {
                slot.getAsJsonObject().remove("detail");
                slot.getAsJsonObject().remove("application");
            });
        }
        return json;
    }

    private static JsonObject node(PlannedNode planned, Map<String, NodeStatus> last) {
        JsonObject node = new JsonObject();
        NodeStatus status = last.get(planned.name());
        node.addProperty("name", planned.name());
        node.addProperty("group", planned.group());
        node.addProperty("there", status != null);
        Emulation emulation = status == null ? Emulation.NONE : status.emulation();
        node.add("total", number(emulation.total()));
        node.add("in", number(emulation.in()));
        node.add("out", number(emulation.out()));
        node.add("location", planned.spec().location().map(Topology::location).orElse(null));
        JsonArray slots = new JsonArray();
        if (status != null) {
            status.slots().forEach(slot -> {
                JsonObject one = new JsonObject();
                one.addProperty("application", Integer.toUnsignedLong(slot.application()));
                one.addProperty("algorithm", slot.algorithm());
                one.addProperty("version", slot.version());
                one.add("detail", slot.detail());
                slots.add(one);
            });
        }
        node.add("slots", slots);
        return node;
    }

    private static JsonElement number(OptionalLong value) {
        return value.isPresent() ? new com.google.gson.JsonPrimitive(value.getAsLong()) : JsonNull.INSTANCE;
    }

    private static JsonObject location(Location location) {
        JsonObject json = new JsonObject();
        json.addProperty("latitude", location.latitude());
        json.addProperty("longitude", location.longitude());
        json.addProperty("label", location.label());
        return json;
    }

    /** Each edge with the times in which it was there. */
    private static JsonArray edges(List<Sample> samples) {
        record Edge(long application, String from, String to) {}
        Map<Edge, double[]> open = new java.util.LinkedHashMap<>();
        JsonArray edges = new JsonArray();
        for (Sample sample : samples) {
            Map<Edge, Boolean> now = new HashMap<>();
            sample.nodes()
                    .forEach((node, reading) -> reading.downstreams()
                            .forEach((id, all) -> new TreeSet<>(all)
                                    .forEach(to -> now.put(new Edge(Integer.toUnsignedLong(id), node, to), true))));
            now.keySet()
                    .forEach(edge -> open.computeIfAbsent(edge, key -> new double[] {sample.seconds(), 0})[1] =
                            sample.seconds());
            open.entrySet().removeIf(entry -> {
                boolean gone = !now.containsKey(entry.getKey());
                if (gone) {
                    edges.add(edge(
                            entry.getKey().application,
                            entry.getKey().from,
                            entry.getKey().to,
                            entry.getValue(),
                            false));
                }
                return gone;
            });
        }
        open.forEach((edge, times) -> edges.add(edge(edge.application, edge.from, edge.to, times, true)));
        return edges;
    }

    private static JsonObject edge(long application, String from, String to, double[] times, boolean isLast) {
        JsonObject json = new JsonObject();
        json.addProperty("application", application);
        json.addProperty("from", from);
        json.addProperty("to", to);
        json.addProperty("since", Result.rounded(times[0]));
        json.addProperty("until", Result.rounded(times[1]));
        json.addProperty("last", isLast);
        return json;
    }
}

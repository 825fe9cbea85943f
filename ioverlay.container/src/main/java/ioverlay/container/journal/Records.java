package ioverlay.container.journal;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import ioverlay.api.NodeId;
import ioverlay.api.container.ApplicationSpec;
import ioverlay.api.container.Emulation;
import ioverlay.api.container.Location;
import ioverlay.api.container.NodeSpec;
import ioverlay.api.container.NodeStatus.WeightStatus;
import ioverlay.api.container.SlotSpec;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The records of the journal, see {@code docs/journal.md}: how they are written and read. */
public final class Records {
    /** The format that this class writes, and the highest that it reads. */
    static final int VERSION = 1;

    private static final String EMULATION = "emulation";
    private static final String INACTIVITY = "inactivityMillis";
    private static final String LOCATION = "location";
    private static final String OBSERVER = "observer";

    private Records() {}

    static JsonObject kind(String kind) {
        JsonObject json = new JsonObject();
        json.addProperty("kind", kind);
        return json;
    }

    static JsonObject version() {
        JsonObject json = kind("journal");
        json.addProperty("version", VERSION);
        return json;
    }

    /** A node was made. */
    public static JsonObject made(NodeEntry node) {
        JsonObject json = kind("made");
        json.addProperty("node", node.name());
        addPlace(json, node.spec());
        JsonArray slots = new JsonArray();
        node.slots().forEach((application, slot) -> slots.add(slot.json(application)));
        json.add("slots", slots);
        if (node.isConfigured()) {
            json.addProperty("configuration", node.configuration());
        }
        return json;
    }

    private static void addPlace(JsonObject json, NodeSpec spec) {
        json.addProperty("address", spec.address());
        json.addProperty("port", spec.port());
        json.addProperty("bufferBytes", spec.bufferBytes());
        json.addProperty("maxPayload", spec.maxPayload());
        if (!spec.emulation().equals(Emulation.NONE)) {
            json.add(EMULATION, spec.emulation().toJson());
        }
        if (spec.inactivityMillis() != NodeSpec.DEFAULT_INACTIVITY_MILLIS) {
            json.addProperty(INACTIVITY, spec.inactivityMillis());
        }
        spec.location().ifPresent(location -> json.addProperty(LOCATION, location.text()));
        spec.observer().ifPresent(observer -> json.addProperty(OBSERVER, observer.toString()));
    }

    private static NodeSpec network(JsonObject json, NodeSpec spec) {
        NodeSpec whole = spec.withEmulation(emulated(json))
                .withInactivityMillis(
                        json.has(INACTIVITY) ? json.get(INACTIVITY).getAsInt() : NodeSpec.DEFAULT_INACTIVITY_MILLIS);
        if (json.has(LOCATION)) {
            whole = whole.withLocation(Location.parse(json.get(LOCATION).getAsString()));
        }
        return json.has(OBSERVER)
                ? whole.withObserver(NodeId.parse(json.get(OBSERVER).getAsString()))
                : whole;
    }

    /** A command has changed the network that a node is to believe in, to this. */
    public static JsonObject emulated(String node, Emulation emulation) {
        JsonObject json = kind("emulated");
        json.addProperty("node", node);
        json.add(EMULATION, emulation.toJson());
        return json;
    }

    static Emulation emulated(JsonObject json) {
        return json.has(EMULATION) ? Emulation.NONE.changed(json.getAsJsonObject(EMULATION)) : Emulation.NONE;
    }

    /** A command has set an upstream's share in a node's switch. */
    public static JsonObject weighed(String node, WeightStatus weight) {
        JsonObject json = of("weighed", node, weight.application());
        json.addProperty("upstream", weight.upstream().toString());
        json.addProperty("weight", weight.weight());
        return json;
    }

    static WeightStatus weighed(JsonObject json) {
        return new WeightStatus(
                application(json),
                NodeId.parse(json.get("upstream").getAsString()),
                json.get("weight").getAsInt());
    }

    static NodeEntry made(JsonObject json) {
        Map<Integer, SlotEntry> slots = new TreeMap<>();
        json.getAsJsonArray("slots")
                .forEach(slot -> slots.put(application(slot.getAsJsonObject()), SlotEntry.of(slot.getAsJsonObject())));
        NodeSpec spec = new NodeSpec(
                json.get("node").getAsString(),
                json.get("address").getAsString(),
                json.get("port").getAsInt(),
                json.get("bufferBytes").getAsInt(),
                json.get("maxPayload").getAsInt(),
                Map.of());
        String configuration =
                json.has("configuration") ? json.get("configuration").getAsString() : "";
        return new NodeEntry(network(json, spec), configuration, slots, Map.of());
    }

    /** What a configuration asks for, so that two can be compared. */
    public static String configuration(NodeSpec spec, List<ApplicationSpec> applications) {
        JsonObject json = new JsonObject();
        addPlace(json, spec);
        JsonArray slots = new JsonArray();
        new TreeMap<>(spec.slots()).forEach((id, slot) -> slots.add(new SlotEntry(slot, "", "").json(id)));
        json.add("slots", slots);
        JsonArray started = new JsonArray();
        applications.forEach(application -> started.add(started(spec.name(), application)));
        json.add("applications", started);
        return json.toString();
    }

    /** A node was removed. */
    public static JsonObject removed(String node) {
        JsonObject json = kind("removed");
        json.addProperty("node", node);
        return json;
    }

    /** An application was started by a command. */
    public static JsonObject started(String node, ApplicationSpec application) {
        JsonObject json = of("started", node, application.application());
        json.addProperty("type", application.type());
        json.add("settings", application.settings());
        return json;
    }

    static ApplicationSpec started(JsonObject json) {
        return new ApplicationSpec(json.get("type").getAsString(), application(json), json.getAsJsonObject("settings"));
    }

    /** An application was stopped by a command. */
    public static JsonObject stopped(String node, int application) {
        return of("stopped", node, application);
    }

    /** A version serves on probation. */
    public static JsonObject trial(String node, int application, String algorithm, String version) {
        JsonObject json = of("trial", node, application);
        json.addProperty("algorithm", algorithm);
        json.addProperty("version", version);
        return json;
    }

    /** A version serves for good. */
    public static JsonObject chosen(String node, int application, String version, SlotSpec slot) {
        JsonObject json = kind("chosen");
        json.addProperty("node", node);
        new SlotEntry(slot, version, "").json(application).asMap().forEach(json::add);
        return json;
    }

    /** A trial went back. */
    public static JsonObject returned(String node, int application) {
        return of("returned", node, application);
    }

    private static JsonObject of(String kind, String node, int application) {
        JsonObject json = kind(kind);
        json.addProperty("node", node);
        json.addProperty("application", Integer.toUnsignedLong(application));
        return json;
    }

    static int application(JsonObject json) {
        return (int) json.get("application").getAsLong();
    }
}

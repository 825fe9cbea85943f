package ioverlay.scenario.plan;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import ioverlay.api.container.ApplicationSpec;
import ioverlay.api.container.Emulation;
import ioverlay.api.container.Location;
import ioverlay.api.container.NodeSpec;
import ioverlay.api.container.RefusedException;
import ioverlay.api.container.SlotSpec;
import ioverlay.scenario.text.Fields;
import ioverlay.scenario.text.Problems;
import ioverlay.scenario.text.Quantity;
import ioverlay.scenario.text.Value;
import ioverlay.scenario.text.Wrong;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** Reads {@code nodes}: first who there is, then what each is to be. */
final class NodesReader {
    private static final int MOST_NODES = 4096;

    private final List<Value> entries;
    private final Cast cast;
    private final Draw draw;
    private final Offers offers;
    private final Problems problems;
    private final References references;

    NodesReader(List<Value> entries, Cast cast, Draw draw, Offers offers, Problems problems) {
        this.entries = entries;
        this.cast = cast;
        this.draw = draw;
        this.offers = offers;
        this.problems = problems;
        this.references = new References(cast);
    }

    /** Says who there is. */
    void introduce() {
        entries.forEach(entry -> problems.note(() -> {
            Fields fields = new Fields(entry, "a node");
            Value name = fields.need("name");
            String text = Fields.text(name);
            refused(name, () -> NodeSpec.named(text));
            // With a wrong count one is there: what else names the group is not wrong for that.
            long count = fields.whole("count", 1, MOST_NODES)
                    .orElse(fields.take("count").isPresent() ? 1L : 0L);
            if (cast.size() + Math.max(1, count) > MOST_NODES) {
                throw name.wrong("a scenario has at most " + MOST_NODES + " nodes, and these are too many");
            }
            List<String> members = new ArrayList<>();
            for (int i = 1; i <= count; i++) {
                members.add(text + i);
            }
            cast.add(name, text, count == 0 ? List.of(text) : members);
            fields.stop();
        }));
    }

    /** Says what each is to be; those that are wrong are left out and noted. */
    List<PlannedNode> read() {
        List<PlannedNode> nodes = new ArrayList<>();
        Map<Integer, String> ports = new HashMap<>();
        for (Value entry : entries) {
            problems.note(() -> {
                Value name = entry.members().get("name");
                String group = name != null && name.isText() ? name.scalar().getAsString() : "";
                List<String> members = new ArrayList<>(cast.of(group));
                if (members.isEmpty()) {
                    members.add("n"); // it was refused; what else is wrong with it is worth saying
                }
                for (int i = 0; i < members.size(); i++) {
                    PlannedNode node = node(entry, group, members, i);
                    nodes.add(node);
                    problems.note(() -> alone(entry, node, ports));
                }
            });
        }
        if (nodes.size() == cast.size()) {
            problems.note(() -> Loops.refuse(nodes, entries));
        }
        return nodes;
    }

    /** A port that is said is one node's; they are all at one address. */
    private static void alone(Value entry, PlannedNode node, Map<Integer, String> ports) {
        int port = node.spec().port();
        String other = port == 0 ? null : ports.putIfAbsent(port, node.name());
        if (other != null) {
            Value said = Objects.requireNonNullElse(entry.members().get("port"), entry);
            throw said.mistake("each node has a port of its own, and " + port + " is that of '" + other + "' and '"
                    + node.name() + "'");
        }
    }

    private PlannedNode node(Value entry, String group, List<String> members, int index) {
        Fields fields = new Fields(entry, "a node");
        fields.need("name", Fields::text);
        fields.take("count");
        Drawn drawn = new Drawn(fields, index);
        NodeSpec spec = NodeSpec.named(members.get(index));
        spec = drawn.set("port", spec, (s, v) -> s.withAddress(s.address(), (int) Quantity.whole(v, 0, 65_535)));
        spec = drawn.set("buffer", spec, (s, v) -> s.withBufferBytes(Quantity.bytes(v)));
        spec = drawn.set("maxPayload", spec, (s, v) -> s.withMaxPayload(Quantity.bytes(v)));
        spec = drawn.set(
                "inactivity",
                spec,
                (s, v) -> s.withInactivityMillis((int) Quantity.time(v).toMillis()));
        spec = drawn.set("location", spec, (s, v) -> s.withLocation(location(v)));
        JsonObject emulation = new JsonObject();
        drawn.with("bandwidth", value -> bandwidth(value, index, emulation));
        drawn.with(
                "metering",
                value -> emulation.addProperty(
                        "meteringMillis", Quantity.time(value).toMillis()));
        emulation.addProperty("seed", draw.random(members.get(index), 0).nextLong() >>> 12);
        drawn.with("links", value -> emulation.add("links", links(value, members, index)));
        Map<Integer, SlotSpec> slots = new LinkedHashMap<>();
        fields.members("slots")
                .forEach((key, value) -> fields.check(() ->
                        slots.put(application(value.name(), key, 0), slot(draw.of(value, index), members, index))));
        List<ApplicationSpec> applications = new ArrayList<>();
        fields.members("applications")
                .forEach((key, value) -> fields.check(
                        () -> applications.add(application(application(value.name(), key, 1), value, members, index))));
        boolean absent = fields.flag("absent");
        String container = fields.take("container", value -> offers.container(draw.of(value, index)))
                .orElse("");
        fields.end();
        return new PlannedNode(spec, group, slots, emulation, applications, absent, container);
    }

    /** Members that may be drawn. */
    private final class Drawn {
        private final Fields fields;
        private final int index;

        Drawn(Fields fields, int index) {
            this.fields = fields;
            this.index = index;
        }

        NodeSpec set(String key, NodeSpec spec, java.util.function.BiFunction<NodeSpec, Value, NodeSpec> change) {
            return fields.take(key, value -> {
                        Value drawn = draw.of(value, index);
                        return refused(drawn, () -> change.apply(spec, drawn));
                    })
                    .orElse(spec);
        }

        void with(String key, Consumer<Value> use) {
            fields.take(key).ifPresent(value -> fields.check(() -> use.accept(draw.of(value, index))));
        }
    }

    private static Location location(Value value) {
        Fields fields = new Fields(value, "a location");
        double latitude = fields.need("latitude", Quantity::plain).orElse(0.0);
        double longitude = fields.need("longitude", Quantity::plain).orElse(0.0);
        String label = fields.text("label").orElse("");
        fields.end();
        return refused(value, () -> new Location(latitude, longitude, label));
    }

    private void bandwidth(Value value, int index, JsonObject emulation) {
        Fields fields = new Fields(value, "a bandwidth");
        for (String key : List.of("total", "in", "out")) {
            fields.take(key, one -> Quantity.cap(draw.of(one, index)))
                    .ifPresent(cap -> cap.ifPresent(rate -> emulation.addProperty(key, rate)));
        }
        fields.end();
        refused(value, () -> Emulation.NONE.changed(emulation));
    }

    private JsonArray links(Value value, List<String> members, int index) {
        if (value.kind() != Value.Kind.LIST) {
            throw value.wrong("links are a list in brackets");
        }
        JsonArray links = new JsonArray();
        for (Value item : value.items()) {
            problems.note(() -> links(item, members, index, links));
        }
        checkLinks(value, links);
        return links;
    }

    private void links(Value item, List<String> members, int index, JsonArray links) {
        Fields fields = new Fields(item, "a link");
        String way = fields.take("to").isPresent() ? "to" : "from";
        Optional<List<String>> ends = fields.need(way, peer -> peers(peer, members, index));
        JsonObject link = link(fields, index);
        fields.take("to");
        fields.take("from");
        fields.end();
        for (String node : ends.orElse(List.of())) {
            if (!node.equals(members.get(index))) {
                JsonObject one = link.deepCopy();
                one.addProperty(way, "${" + node + "}");
                links.add(one);
            }
        }
    }

    private JsonObject link(Fields fields, int index) {
        JsonObject link = new JsonObject();
        fields.take("rate", one -> Quantity.cap(draw.of(one, index)))
                .ifPresent(cap -> cap.ifPresent(rate -> link.addProperty("bytesPerSecond", rate)));
        for (String key : List.of("latency", "jitter")) {
            fields.take(key, one -> Quantity.time(draw.of(one, index)).toNanos() / 1e6)
                    .ifPresent(millis -> link.addProperty(key + "Millis", millis));
        }
        fields.take("loss", one -> Quantity.share(draw.of(one, index)))
                .ifPresent(loss -> link.addProperty("loss", loss));
        return link;
    }

    private static void checkLinks(Value value, JsonArray links) {
        JsonArray sample = new JsonArray();
        int port = 1;
        Map<String, String> made = new LinkedHashMap<>();
        for (JsonElement link : links) {
            for (String name : References.in(link)) {
                made.putIfAbsent(name, "127.0.0.1:" + (port + made.size()));
            }
            sample.add(References.resolved(link, made));
        }
        JsonObject change = new JsonObject();
        change.add("links", sample);
        refused(value, () -> Emulation.NONE.changed(change));
    }

    private List<String> peers(Value peer, List<String> members, int index) {
        String text = Fields.text(peer);
        if (text.startsWith("${")) {
            JsonElement expanded = references.expand(
                    new Value(
                            peer.place(),
                            peer.name(),
                            peer.scalar(),
                            new LinkedHashMap<>(),
                            List.of(peer),
                            Value.Kind.LIST),
                    members,
                    index);
            return References.in(expanded);
        }
        return cast.chosen(peer);
    }

    private SlotSpec slot(Value given, List<String> members, int index) {
        if (given.isText()) {
            return SlotSpec.of(offers.algorithm(given, Fields.text(given)));
        }
        Fields fields = new Fields(given, "a slot");
        Optional<String> name = fields.need("algorithm", value -> {
            Value algorithm = draw.of(value, index);
            return offers.algorithm(algorithm, Fields.text(algorithm));
        });
        String versions = fields.take("versions", range -> offers.versions(range, name.orElse("an algorithm")))
                .orElse("0");
        JsonObject settings = settings(fields, members, index);
        fields.end();
        return new SlotSpec(name.orElse(""), versions, settings);
    }

    private ApplicationSpec application(int id, Value value, List<String> members, int index) {
        if (value.isText()) {
            return new ApplicationSpec(offers.application(value, Fields.text(value)), id, new JsonObject());
        }
        Fields fields = new Fields(value, "an application");
        Optional<String> type = fields.need("type", one -> offers.application(one, Fields.text(one)));
        JsonObject settings = settings(fields, members, index);
        fields.end();
        return new ApplicationSpec(type.orElse(""), id, settings);
    }

    private JsonObject settings(Fields fields, List<String> members, int index) {
        return fields.take("settings", value -> {
                    Fields.settings(value);
                    return references
                            .expand(Quantity.ratesInSettings(value), members, index)
                            .getAsJsonObject();
                })
                .orElseGet(JsonObject::new);
    }

    private static int application(ioverlay.scenario.text.Place place, String key, int least) {
        try {
            long id = Long.parseLong(key);
            if (id >= least && id <= 0xffff_ffffL) {
                return (int) id;
            }
        } catch (NumberFormatException e) {
            throw new Wrong(place, "an application's id is a number in quotation marks, not '" + key + "'");
        }
        throw new Wrong(place, "an application's id is " + least + " to 4294967295, not '" + key + "'");
    }

    /** What the api refuses is a mistake at its place. */
    static <T> T refused(Value value, Supplier<T> making) {
        try {
            return making.get();
        } catch (RefusedException | IllegalArgumentException e) {
            throw new Wrong(value.place(), Objects.requireNonNullElse(e.getMessage(), "wrong"));
        }
    }
}

package ioverlay.agent;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import com.google.gson.JsonPrimitive;
import ioverlay.api.Header;
import ioverlay.api.NodeId;
import ioverlay.api.container.ApplicationSpec;
import ioverlay.api.container.Emulation;
import ioverlay.api.container.Location;
import ioverlay.api.container.NodeSpec;
import ioverlay.api.container.RefusedException;
import ioverlay.api.container.SlotSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A node that the observer wants made: the members of {@code create}, see {@code docs/commands.md}.
 *
 * @param spec the node
 * @param applications to start at it
 */
record NodeDraft(NodeSpec spec, List<ApplicationSpec> applications) {
    /** All members. */
    static final String[] MEMBERS = {
        "name",
        "address",
        "port",
        "bufferBytes",
        "maxPayload",
        "inactivityMillis",
        "emulation",
        "location",
        "observer",
        "slots",
        "applications"
    };

    /** A line of {@code docs/nodes.md}. */
    private static final Pattern LINE = Pattern.compile(
            "\\s*(?<id>\\d{1,10})\\s*=\\s*(?<type>[^;\\s]+)\\s*(;\\s*versions=(?<versions>[^;{}]+))?"
                    + "(;\\s*settings=(?<settings>.*))?",
            Pattern.DOTALL);

    /**
     * Reads one.
     *
     * @throws RefusedException with the rule and the value
     */
    static NodeDraft of(Demand demand) {
        NodeSpec spec = NodeSpec.named(demand.text("name"))
                .withAddress(demand.text("address", "127.0.0.1"), number(demand, "port", 0))
                .withBufferBytes(number(demand, "bufferBytes", NodeSpec.DEFAULT_BUFFER_BYTES))
                .withMaxPayload(number(demand, "maxPayload", Header.MAX_PAYLOAD))
                .withInactivityMillis(number(demand, "inactivityMillis", NodeSpec.DEFAULT_INACTIVITY_MILLIS))
                .withEmulation(
                        demand.object("emulation").map(Emulation.NONE::changed).orElse(Emulation.NONE));
        if (demand.has("location")) {
            spec = spec.withLocation(Location.parse(demand.text("location")));
        }
        if (demand.has("observer")) {
            NodeId observer = demand.node("observer");
            spec = spec.withObserver(observer);
        }
        for (JsonElement slot : demand.list("slots")) {
            Line line = line(slot, "slot", "algorithm");
            spec = spec.withSlot(line.application(), new SlotSpec(line.type(), line.versions(), line.settings()));
        }
        List<ApplicationSpec> applications = new ArrayList<>();
        for (JsonElement application : demand.list("applications")) {
            Line line = line(application, "application", "type");
            applications.add(new ApplicationSpec(line.type(), line.application(), line.settings()));
        }
        return new NodeDraft(spec, applications);
    }

    private static int number(Demand demand, String member, int otherwise) {
        return (int) demand.whole(member, Integer.MIN_VALUE, Integer.MAX_VALUE, otherwise);
    }

    private record Line(int application, String type, String versions, JsonObject settings) {}

    private static Line line(JsonElement given, String what, String type) {
        if (given instanceof JsonObject object) {
            Demand demand = new Demand("a node's " + what, object)
                    .requireOnly(Set.of("application", type, "versions", "settings"));
            return new Line(
                    demand.application(0),
                    demand.text(type),
                    demand.text("versions", "0"),
                    demand.object("settings").orElseGet(JsonObject::new));
        }
        String text = given instanceof JsonPrimitive line ? line.getAsString() : given.toString();
        Matcher parts = LINE.matcher(text);
        if (!parts.matches()) {
            throw new RefusedException("a node's " + what + " is an object, or written as"
                    + " 0=relay;versions=[1.0,2);settings={…}, not '" + Demand.shortened(text) + "'");
        }
        JsonObject number = new JsonObject();
        number.addProperty("application", Long.parseLong(parts.group("id")));
        String versions = parts.group("versions");
        String settings = parts.group("settings");
        return new Line(
                new Demand("a node's " + what, number).application(0),
                parts.group("type"),
                versions == null ? "0" : versions.strip(),
                settings == null ? new JsonObject() : settings(settings));
    }

    private static JsonObject settings(String text) {
        try {
            if (JsonParser.parseString(text) instanceof JsonObject object) {
                return object;
            }
        } catch (JsonParseException e) {
            throw new RefusedException("settings are a JSON object, not '" + Demand.shortened(text) + "'", e);
        }
        throw new RefusedException("settings are a JSON object, not '" + Demand.shortened(text) + "'");
    }
}

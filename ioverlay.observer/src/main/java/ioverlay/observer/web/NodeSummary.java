package ioverlay.observer.web;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import ioverlay.observer.fleet.Member;
import ioverlay.observer.history.Reading;
import java.util.List;
import java.util.Locale;

/** A node in short, as {@code docs/rest.md} says: NODE. What its status does not say (yet) is 0, null or empty. */
final class NodeSummary {
    private static final List<String> OF_SLOT =
            List.of("application", "algorithm", "version", "state", "probationMillis", "swaps", "failed");

    private static final List<String> OF_APPLICATION = List.of("application", "type", "state");

    private NodeSummary() {}

    static JsonObject of(Member member) {
        JsonObject status = member.status();
        JsonObject rates = Reading.object(status, "rates");
        JsonObject node = new JsonObject();
        node.addProperty("id", member.id().toString());
        node.addProperty("name", member.name());
        node.addProperty("container", member.home());
        node.addProperty("state", member.state().name().toLowerCase(Locale.ROOT));
        node.addProperty("since", member.since().toString());
        node.addProperty("seen", member.seen().toString());
        node.add("location", location(status));
        node.add("slots", parts(status, "slots", OF_SLOT));
        node.add("applications", parts(status, "applications", OF_APPLICATION));
        node.addProperty("inBytesPerSecond", Reading.number(rates, "inBytesPerSecond"));
        node.addProperty("outBytesPerSecond", Reading.number(rates, "outBytesPerSecond"));
        node.addProperty("upstreams", Reading.array(status, "upstreams").size());
        node.addProperty("downstreams", Reading.array(status, "downstreams").size());
        node.addProperty("queuedBytes", queued(status));
        node.addProperty("lostMessages", (long) Reading.number(Reading.object(status, "counters"), "messages.lost"));
        return node;
    }

    /** Bytes that wait at all links. */
    static long queued(JsonObject status) {
        long bytes = 0;
        for (String way : List.of("upstreams", "downstreams")) {
            for (JsonObject link : Reading.objects(status, way)) {
                bytes += (long) Reading.number(link, "queuedBytes");
            }
        }
        return bytes;
    }

    /** Where it is; null if it is nowhere in particular. */
    static JsonElement location(JsonObject status) {
        return status.get("location") instanceof JsonObject place && place.has("latitude")
                ? place.deepCopy()
                : JsonNull.INSTANCE;
    }

    private static JsonArray parts(JsonObject status, String list, List<String> members) {
        JsonArray parts = new JsonArray();
        for (JsonObject whole : Reading.objects(status, list)) {
            JsonObject part = new JsonObject();
            for (String member : members) {
                part.add(member, whole.get(member));
            }
            parts.add(part);
        }
        return parts;
    }
}

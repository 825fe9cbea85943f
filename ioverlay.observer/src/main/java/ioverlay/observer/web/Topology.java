package ioverlay.observer.web;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import ioverlay.observer.fleet.Fleet;
import ioverlay.observer.fleet.Member;
import ioverlay.observer.history.Reading;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;

/**
 * Who sends to whom: of one application, or of all together. It is read from the sessions of the nodes' statuses, so a node
 * through which nothing of the application passes is not in it, and that of an application which is idle or unknown is empty.
 */
final class Topology {
    private static final long MOST_APPLICATION = 0xffff_ffffL;

    private final Fleet fleet;

    Topology(Fleet fleet) {
        this.fleet = fleet;
    }

    void addTo(Routes routes) {
        routes.add("GET", "/api/topology", this::answer, "app");
    }

    private Answer answer(Request request) {
        OptionalLong application = request.query("app").isEmpty()
                ? OptionalLong.empty()
                : OptionalLong.of(Parameters.whole(request, "app", 0, 0, MOST_APPLICATION));
        List<Member> members = fleet.members().stream()
                .filter(member -> member.state() == Member.State.LIVE)
                .toList();
        JsonArray nodes = new JsonArray();
        JsonArray links = new JsonArray();
        Set<Long> applications = new TreeSet<>();
        for (Member member : members) {
            Set<String> from = new TreeSet<>();
            Set<String> to = new TreeSet<>();
            for (JsonObject session : Reading.objects(member.status(), "sessions")) {
                long number = (long) Reading.number(session, "application");
                applications.add(number);
                if (application.isEmpty() || application.getAsLong() == number) {
                    from.addAll(Reading.texts(session, "upstreams"));
                    to.addAll(Reading.texts(session, "downstreams"));
                }
            }
            if (!from.isEmpty() || !to.isEmpty()) {
                nodes.add(node(member, application.orElse(0), from, to));
                to.remove(member.id().toString());
                addLinks(member, to, links);
            }
        }
        JsonObject answer = new JsonObject();
        answer.add(
                "application",
                application.isPresent() ? new JsonPrimitive(application.getAsLong()) : JsonNull.INSTANCE);
        JsonArray numbers = new JsonArray();
        applications.forEach(numbers::add);
        answer.add("applications", numbers);
        answer.add("nodes", nodes);
        answer.add("links", links);
        return Answer.of(answer);
    }

    private static JsonObject node(Member member, long application, Set<String> from, Set<String> to) {
        String id = member.id().toString();
        JsonObject slot = slot(member.status(), application);
        JsonObject node = new JsonObject();
        node.addProperty("id", id);
        node.addProperty("name", member.name());
        node.add("location", NodeSummary.location(member.status()));
        node.addProperty("source", from.contains(id));
        node.addProperty("sink", to.contains(id));
        node.addProperty("algorithm", Reading.text(slot, "algorithm"));
        node.addProperty("version", Reading.text(slot, "version"));
        return node;
    }

    /** The slot that serves an application: its own, or 0 for all that have none. */
    private static JsonObject slot(JsonObject status, long application) {
        JsonObject found = new JsonObject();
        for (JsonObject slot : Reading.objects(status, "slots")) {
            long number = (long) Reading.number(slot, "application");
            if (number == application) {
                return slot;
            }
            if (number == 0) {
                found = slot;
            }
        }
        return found;
    }

    /** What its sender says of a link; rates are the link's, all applications together. */
    private static void addLinks(Member member, Set<String> to, JsonArray links) {
        for (JsonObject link : Reading.objects(member.status(), "downstreams")) {
            String peer = Reading.text(link, "peer");
            if (to.contains(peer)) {
                JsonObject json = new JsonObject();
                json.addProperty("from", member.id().toString());
                json.addProperty("to", peer);
                for (String number : List.of("bytesPerSecond", "queuedBytes", "roundTripMicros")) {
                    JsonElement value = link.get(number);
                    json.add(number, value == null ? new JsonPrimitive(0) : value);
                }
                links.add(json);
            }
        }
    }
}

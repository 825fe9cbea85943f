package ioverlay.observer.web;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import ioverlay.observer.fleet.Fleet;
import ioverlay.observer.fleet.Home;
import ioverlay.observer.fleet.Member;

/** Nodes and containers as they are. */
final class NodeResources {
    private final Fleet fleet;

    NodeResources(Fleet fleet) {
        this.fleet = fleet;
    }

    void addTo(Routes routes) {
        routes.add("GET", "/api/nodes", request -> Answer.of(nodes()));
        routes.add("GET", "/api/nodes/{id}", request -> Answer.of(node(member(fleet, request.path("id")))));
        routes.add("GET", "/api/containers", request -> Answer.of(containers()));
    }

    /** The node of that id or name; 404 if there is none. */
    static Member member(Fleet fleet, String node) {
        return fleet.member(node).orElseThrow(() -> new Problem(404, "no node '" + node + "' has registered here"));
    }

    private JsonObject nodes() {
        JsonArray nodes = new JsonArray();
        fleet.members().forEach(member -> nodes.add(NodeSummary.of(member)));
        JsonObject answer = new JsonObject();
        answer.add("nodes", nodes);
        return answer;
    }

    private static JsonObject node(Member member) {
        JsonObject node = NodeSummary.of(member);
        node.add("status", member.status());
        return node;
    }

    private JsonObject containers() {
        JsonArray containers = new JsonArray();
        for (Home home : fleet.homes()) {
            JsonObject container = new JsonObject();
            container.addProperty("id", home.id());
            container.addProperty("host", home.host());
            container.addProperty("pid", home.pid());
            container.addProperty("since", home.since().toString());
            JsonArray nodes = new JsonArray();
            home.nodes().forEach(node -> nodes.add(node.toString()));
            container.add("nodes", nodes);
            containers.add(container);
        }
        JsonObject answer = new JsonObject();
        answer.add("containers", containers);
        return answer;
    }
}

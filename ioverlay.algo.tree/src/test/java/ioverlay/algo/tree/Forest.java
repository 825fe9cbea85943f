package ioverlay.algo.tree;

import com.google.gson.JsonObject;
import ioverlay.api.Algorithm;
import ioverlay.api.Message;
import ioverlay.api.MessageType;
import ioverlay.api.NodeId;
import ioverlay.testkit.Direction;
import ioverlay.testkit.Sent;
import ioverlay.testkit.TestNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** Many nodes on one clock, and a network between them that keeps order and loses nothing, as links do. */
final class Forest {
    static final int APPLICATION = 7;
    static final NodeId PARTNER = NodeId.parse("127.0.0.1:9999");
    private static final Duration STEP = Duration.ofMillis(5);

    private final Map<NodeId, TestNode> nodes = new LinkedHashMap<>();
    private final Map<String, NodeId> names = new LinkedHashMap<>();
    private final Supplier<Algorithm> algorithm;
    private int port = 7000;

    Forest(Supplier<Algorithm> algorithm) {
        this.algorithm = algorithm;
    }

    /** A node that is not in the session yet. */
    TestNode plant(String name, double rate, String settings) {
        NodeId id = NodeId.parse("127.0.0.1:" + ++port);
        TestNode node = TestNode.with(algorithm.get())
                .self(id)
                .application(APPLICATION)
                .seed(port)
                .settings("{'probe':'" + PARTNER + "'" + settings + "}")
                .start();
        node.roundTrip(PARTNER, STEP).available(PARTNER, rate);
        nodes.put(id, node);
        names.put(name, id);
        return node;
    }

    NodeId id(String name) {
        return names.get(name);
    }

    TestNode node(String name) {
        return nodes.get(names.get(name));
    }

    /** The first probe was asked before the partner was known; the second comes after its 5 s and one more. */
    void measureAll() {
        run(Duration.ofSeconds(7));
    }

    /** It learns of all who are there, as from an observer, and joins. */
    void join(String name, String... contacts) {
        List<NodeId> known = new ArrayList<>();
        for (String contact : contacts) {
            known.add(id(contact));
        }
        TestNode node = node(name);
        node.receive(
                Message.builder(node.self(), MessageType.BOOT_REPLY)
                        .application(APPLICATION)
                        .payload(known)
                        .build(),
                node.self());
        tell(name, MessageType.JOIN);
    }

    void tell(String name, int type) {
        tell(name, type, new JsonObject());
    }

    void tell(String name, int type, JsonObject body) {
        TestNode node = node(name);
        node.receive(
                Message.builder(node.self(), type)
                        .application(APPLICATION)
                        .payload(body)
                        .build(),
                node.self());
    }

    /** It is gone without a word: who has a link with it hears so. */
    void kill(String name) {
        NodeId dead = names.remove(name);
        nodes.remove(dead);
        for (TestNode node : nodes.values()) {
            node.linkFailed(dead, Direction.UPSTREAM, 0, "gone");
            node.nodeFailed(dead, "gone");
        }
    }

    void run(Duration time) {
        for (Duration gone = Duration.ZERO; gone.compareTo(time) < 0; gone = gone.plus(STEP)) {
            carry();
            nodes.values().forEach(node -> node.advance(STEP));
        }
        carry();
    }

    private void carry() {
        for (int round = 0; round < 3; round++) {
            for (TestNode node : List.copyOf(nodes.values())) {
                for (Sent sent : node.takeSent()) {
                    TestNode to = nodes.get(sent.to());
                    if (to != null) {
                        to.receive(sent.message(), node.self());
                    }
                }
            }
        }
    }

    /** Data from the source. */
    void data(String source, long sequence) {
        data(node(source), node(source).self(), sequence);
    }

    /** Data of one source that comes from a neighbour, or of its own. */
    static void data(TestNode node, NodeId from, long sequence) {
        NodeId source = from.equals(node.self()) ? from : PARTNER;
        node.receive(
                Message.builder(source, MessageType.DATA)
                        .application(APPLICATION)
                        .sequence(sequence)
                        .payload("data")
                        .build(),
                from);
    }

    /** Each child with its parent, by name. */
    Map<String, String> edges() {
        Map<String, String> edges = new LinkedHashMap<>();
        for (String name : names.keySet()) {
            parent(name).ifPresent(parent -> edges.put(name, parent));
        }
        return edges;
    }

    Optional<String> parent(String name) {
        String parent = node(name).status().get("parent").getAsString();
        return names.entrySet().stream()
                .filter(entry -> entry.getValue().toString().equals(parent))
                .map(Map.Entry::getKey)
                .findFirst();
    }

    double stress(String name) {
        return node(name).status().get("stress").getAsDouble();
    }

    int degree(String name) {
        return node(name).status().get("degree").getAsInt();
    }

    List<String> names() {
        return List.copyOf(names.keySet());
    }

    /** Whether the way up from each node that has a parent ends, by what the nodes themselves say. */
    Optional<String> loop() {
        for (String start : names.keySet()) {
            Optional<String> at = parent(start);
            for (int steps = 0; at.isPresent(); steps++) {
                if (steps > names.size()) {
                    return Optional.of(start + " is on or below a circle: " + edges());
                }
                at = parent(at.get());
            }
        }
        return Optional.empty();
    }
}

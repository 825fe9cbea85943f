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
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.Supplier;

/** Many nodes on one clock, and a network between them that keeps order and loses nothing, as links do. */
final class Forest {
    static final int APPLICATION = 7;
    static final NodeId PARTNER = NodeId.parse("127.0.0.1:9999");
    private static final Duration STEP = Duration.ofMillis(5);

    private final Map<NodeId, TestNode> nodes = new LinkedHashMap<>();
    private final Map<String, NodeId> names = new LinkedHashMap<>();
    private final Supplier<Algorithm> algorithm;
    private final int application;
    private final Map<String, Integer> words = new HashMap<>();
    private int port = 7000;

    Forest(Supplier<Algorithm> algorithm) {
        this(algorithm, APPLICATION);
    }

    /** One session of several at the same nodes, if they are planted in the same order. */
    Forest(Supplier<Algorithm> algorithm, int application) {
        this.algorithm = algorithm;
        this.application = application;
    }

    /** A source, S, and receivers, n1 and so on, who know a few of those before them. */
    static Forest grown(Supplier<Algorithm> algorithm, int receivers, Random random) {
        Forest forest = new Forest(algorithm);
        forest.plant("S", 100_000, ",'source':true");
        for (int i = 1; i <= receivers; i++) {
            forest.plant("n" + i, 50_000 + random.nextInt(150_000), "");
        }
        forest.measureAll();
        List<String> there = new ArrayList<>(List.of("S"));
        for (int i = 1; i <= receivers; i++) {
            forest.join("n" + i, some(there, random));
            forest.run(Duration.ofMillis(300));
            there.add("n" + i);
        }
        forest.run(Duration.ofSeconds(2));
        return forest;
    }

    static String[] some(List<String> there, Random random) {
        List<String> shuffled = new ArrayList<>(there);
        Collections.shuffle(shuffled, random);
        return shuffled.subList(0, Math.min(4, shuffled.size())).toArray(String[]::new);
    }

    /** A node that is not in the session yet. */
    TestNode plant(String name, double rate, String settings) {
        return plant(name, NodeId.parse("127.0.0.1:" + ++port), rate, settings);
    }

    private TestNode plant(String name, NodeId id, double rate, String settings) {
        TestNode node = TestNode.with(algorithm.get())
                .self(id)
                .application(application)
                .seed(id.hashCode())
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

    /** It died and begins again at the same address, and nothing of it has remained. */
    void replant(String name, double rate, String settings) {
        NodeId id = id(name);
        kill(name);
        plant(name, id, rate, settings);
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
                        .application(application)
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
                        .application(application)
                        .payload(body)
                        .build(),
                node.self());
    }

    /** It is gone without a word: who has a link with it hears so. */
    void kill(String name) {
        heard(fell(name));
    }

    /** Who has a link with it hears that it is gone. */
    void heard(NodeId dead) {
        for (TestNode node : nodes.values()) {
            node.linkFailed(dead, Direction.UPSTREAM, 0, "gone");
            node.nodeFailed(dead, "gone");
        }
    }

    /** As {@link #kill}, but nobody hears of it yet. */
    NodeId fell(String name) {
        NodeId dead = names.remove(name);
        nodes.remove(dead);
        return dead;
    }

    /** How many messages of a type went from one to another. */
    int words(String from, String to, int type) {
        return words.getOrDefault(word(id(from), id(to), type), 0);
    }

    private static String word(NodeId from, NodeId to, int type) {
        return from + " > " + to + " " + type;
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
                    words.merge(word(node.self(), sent.to(), sent.type()), 1, Integer::sum);
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
        NodeId self = id(source);
        node(source).receive(data(self, application, sequence), self);
    }

    /** Data of one source that comes from a neighbour. */
    static void data(TestNode node, NodeId from, long sequence) {
        node.receive(data(PARTNER, APPLICATION, sequence), from);
    }

    /** As it comes from a source. */
    Message message(String source, long sequence) {
        return data(id(source), application, sequence);
    }

    private static Message data(NodeId source, int application, long sequence) {
        return Message.builder(source, MessageType.DATA)
                .application(application)
                .sequence(sequence)
                .payload("data")
                .build();
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

    /** Who knows of no way up to the source. */
    List<String> unrooted() {
        return names.keySet().stream()
                .filter(name -> !node(name).status().get("rooted").getAsBoolean())
                .toList();
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

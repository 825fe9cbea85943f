package ioverlay.algo.coding;

import ioverlay.api.Algorithm;
import ioverlay.api.Message;
import ioverlay.api.MessageType;
import ioverlay.api.NodeId;
import ioverlay.testkit.Sent;
import ioverlay.testkit.TestNode;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Function;
import java.util.function.LongFunction;
import java.util.function.Supplier;

/** The seven nodes of the paper's Fig. 4, and links that keep order, take their time, and do to messages what a test wants. */
final class Fig4 {
    /** What a link does to a message: passes it on, another one, or none. */
    interface Fate extends Function<Message, List<Message>> {}

    private static final List<String> NAMES = List.of("A", "B", "C", "D", "E", "F", "G");

    private final Map<NodeId, TestNode> nodes = new LinkedHashMap<>();
    private final Map<String, Deque<Message>> links = new LinkedHashMap<>();
    private final Map<String, Fate> fates = new LinkedHashMap<>();
    private final Random order;

    Fig4(Supplier<Algorithm> algorithm, long seed) {
        order = new Random(seed);
        for (String name : NAMES) {
            nodes.put(
                    id(name),
                    TestNode.with(algorithm.get())
                            .self(id(name))
                            .settings(settings(name))
                            .version("coding", "1.0.0")
                            .start());
        }
    }

    static NodeId id(String name) {
        return NodeId.parse("127.0.0.1:" + (7001 + NAMES.indexOf(name)));
    }

    static String name(NodeId id) {
        return NAMES.stream().filter(name -> id(name).equals(id)).findFirst().orElseThrow();
    }

    /** With the plain kernel: that of vectors is slow until it is compiled, which a test does not live to see. */
    static String settings(String name) {
        return switch (name) {
            case "A" -> "{'role': 'source', 'streams': [['" + id("B") + "'], ['" + id("C") + "']]}";
            case "B" -> "{'role': 'helper', 'next': ['" + id("D") + "', '" + id("F") + "']}";
            case "C" -> "{'role': 'helper', 'next': ['" + id("D") + "', '" + id("G") + "']}";
            case "D" -> "{'role': 'coder', 'next': ['" + id("E") + "'], 'kernel': 'scalar'}";
            case "E" -> "{'role': 'helper', 'next': ['" + id("F") + "', '" + id("G") + "']}";
            default -> "{'role': 'decoder', 'kernel': 'scalar'}";
        };
    }

    TestNode node(String name) {
        return nodes.get(id(name));
    }

    /** From now on, what the link from the first to the second brings is this. */
    void fate(String from, String to, Fate fate) {
        fates.put(from + to, fate);
    }

    /** The source produces a message. */
    void produce(Message message) {
        node("A").receive(message, id("A"));
        collect();
    }

    /** A message of A's application with a payload of that number's own. */
    static Message message(long sequence) {
        return message(sequence, (int) Math.floorMod(sequence * 37, 200L));
    }

    static Message message(long sequence, int size) {
        byte[] payload = new byte[size];
        new Random(sequence).nextBytes(payload);
        return Message.builder(id("A"), MessageType.DATA)
                .application(1)
                .sequence(sequence)
                .payload(payload)
                .build();
    }

    private void collect() {
        nodes.forEach((id, node) -> {
            for (Sent sent : node.takeSent()) {
                if (nodes.containsKey(sent.to())
                        && !MessageType.isControl(sent.message().type())) {
                    links.computeIfAbsent(name(id) + name(sent.to()), link -> new ArrayDeque<>())
                            .add(sent.message().copy());
                }
            }
        });
    }

    /** Brings one message over one link, any of those that have one. */
    boolean step() {
        List<String> busy = new ArrayList<>(links.keySet().stream()
                .filter(link -> !links.get(link).isEmpty())
                .toList());
        if (busy.isEmpty()) {
            return false;
        }
        Collections.shuffle(busy, order);
        String link = busy.getFirst();
        Message message = links.get(link).remove();
        NodeId from = id(link.substring(0, 1));
        for (Message arriving : fates.getOrDefault(link, List::of).apply(message)) {
            node(link.substring(1)).receive(arriving, from);
        }
        collect();
        return true;
    }

    /** Until all links are empty. */
    void run() {
        while (step()) {}
    }

    void advance(Duration time) {
        nodes.values().forEach(node -> node.advance(time));
        collect();
        run();
    }

    /** Numbers that the node's application got, in order; throws if one of them has other bytes than at the source. */
    List<Long> delivered(String name) {
        return delivered(name, Fig4::message);
    }

    /** The same where the source produced these messages. */
    List<Long> delivered(String name, LongFunction<Message> produced) {
        List<Long> numbers = new ArrayList<>();
        for (Message message : node(name).delivered()) {
            if (!message.payload().equals(produced.apply(message.sequence()).payload())
                    || !message.sender().equals(id("A"))) {
                throw new AssertionError(name + " got " + message.sequence() + " with other bytes or sender");
            }
            numbers.add(message.sequence());
        }
        return numbers;
    }

    long count(String name, String what) {
        return node(name).status().get(what).getAsLong();
    }

    String faults(String name) {
        return node(name).status().get("faults").toString();
    }
}

package ioverlay.algo.coding.arq;

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
import java.util.function.Predicate;

/** Nodes, and links that keep order and lose what a test wants of the data. */
final class Mesh {
    private final Map<NodeId, TestNode> nodes = new LinkedHashMap<>();
    private final Map<String, Deque<Message>> links = new LinkedHashMap<>();
    private final Random random;
    private Predicate<Message> loses = message -> false;

    /**
     * Makes the nodes.
     *
     * @param ways by node, the names of those that it sends to
     */
    Mesh(long seed, Map<String, String> ways, String settings) {
        random = new Random(seed);
        ways.keySet().stream().sorted().forEach(name -> {
            List<String> next = ways.get(name)
                    .chars()
                    .mapToObj(to -> "'" + id(Character.toString(to)) + "'")
                    .toList();
            nodes.put(
                    id(name),
                    TestNode.with(new ArqCoding())
                            .self(id(name))
                            .settings("{'next': " + next + settings + "}")
                            .version("coding", "1.0.0")
                            .start());
        });
    }

    static NodeId id(String name) {
        return NodeId.parse("127.0.0.1:" + (7001 + name.charAt(0) - 'A'));
    }

    TestNode node(String name) {
        return nodes.get(id(name));
    }

    /** From now on each link loses this part of the data. */
    void lose(double part) {
        loses = message -> random.nextDouble() < part;
    }

    /** From now on each link loses these. */
    void lose(Predicate<Message> which) {
        loses = which;
    }

    static Message message(long number) {
        byte[] payload = new byte[(int) Math.floorMod(number * 37, 200L)];
        new Random(number).nextBytes(payload);
        return Message.builder(id("A"), MessageType.DATA)
                .application(1)
                .sequence(number)
                .payload(payload)
                .build();
    }

    /** The source A produces messages of these numbers, 1 ms apart. */
    void produce(long from, long to) {
        for (long number = from; number < to; number++) {
            node("A").receive(message(number), id("A"));
            collect();
            advance(Duration.ofMillis(1));
        }
    }

    private void collect() {
        nodes.forEach((id, node) -> {
            for (Sent sent : node.takeSent()) {
                boolean isLost = !MessageType.isControl(sent.message().type()) && loses.test(sent.message());
                if (nodes.containsKey(sent.to()) && !sent.to().equals(id) && !isLost) {
                    links.computeIfAbsent(id + " " + sent.to(), link -> new ArrayDeque<>())
                            .add(sent.message().copy());
                }
            }
        });
    }

    /** All that is on links arrives, in any order of links; what comes of that too. */
    private void run() {
        for (List<String> busy = busy(); !busy.isEmpty(); busy = busy()) {
            Collections.shuffle(busy, random);
            String[] ends = busy.getFirst().split(" ", -1);
            Message message = links.get(busy.getFirst()).remove();
            nodes.get(NodeId.parse(ends[1])).receive(message, NodeId.parse(ends[0]));
            collect();
        }
    }

    private List<String> busy() {
        return new ArrayList<>(links.keySet().stream()
                .filter(link -> !links.get(link).isEmpty())
                .toList());
    }

    void advance(Duration time) {
        nodes.values().forEach(node -> node.advance(time));
        collect();
        run();
    }

    /** In steps of 10 ms. */
    void settle(Duration time) {
        for (long ms = 0; ms < time.toMillis(); ms += 10) {
            advance(Duration.ofMillis(10));
        }
    }

    /** Numbers that the application got, in order; throws if one of them has other bytes than at the source. */
    List<Long> delivered(String name) {
        List<Long> numbers = new ArrayList<>();
        for (Message message : node(name).delivered()) {
            if (!message.payload().equals(message(message.sequence()).payload())) {
                throw new AssertionError(name + " got " + message.sequence() + " with other bytes");
            }
            numbers.add(message.sequence());
        }
        return numbers;
    }

    long count(String name, String what) {
        return node(name).status().get(what).getAsLong();
    }
}

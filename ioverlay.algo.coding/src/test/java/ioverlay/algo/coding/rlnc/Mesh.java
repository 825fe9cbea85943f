package ioverlay.algo.coding.rlnc;

import ioverlay.api.Message;
import ioverlay.api.MessageType;
import ioverlay.api.NodeId;
import ioverlay.testkit.Sent;
import ioverlay.testkit.TestNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.stream.Collectors;
import java.util.stream.LongStream;

/** Nodes 0 (the source) to n, and links that take a millisecond and lose data by chance. */
final class Mesh {
    /** What a link makes of a data message: which arrive in its place. */
    interface Fate extends BiFunction<String, Message, List<Message>> {}

    private static final Duration STEP = Duration.ofMillis(1);

    private final Map<NodeId, TestNode> nodes = new HashMap<>();
    private final List<Integer> order = new ArrayList<>();
    private final Random chance;
    private double loss;
    private Fate fate = (link, message) -> List.of(message);
    private final Set<NodeId> dead = new HashSet<>();
    private long produced;

    /** Links are written {@code "0>1 0>2 1>2"}. */
    Mesh(String links, String settings, double loss, long seed) {
        this.loss = loss;
        chance = new Random(seed);
        Map<Integer, List<Integer>> next = new HashMap<>();
        for (String link : links.split(" ", -1)) {
            String[] ends = link.split(">", -1);
            next.computeIfAbsent(Integer.valueOf(ends[0]), none -> new ArrayList<>())
                    .add(Integer.valueOf(ends[1]));
            next.computeIfAbsent(Integer.valueOf(ends[1]), none -> new ArrayList<>());
        }
        next.keySet().stream().sorted().forEach(order::add);
        for (int node : order) {
            String names = next.get(node).stream().map(to -> "'" + id(to) + "'").collect(Collectors.joining(","));
            nodes.put(
                    id(node),
                    TestNode.with(new RlncCoding())
                            .self(id(node))
                            .seed(seed + node)
                            .settings("{'next': [" + names + "], 'kernel': 'scalar'" + settings + "}")
                            .version("coding.rlnc", "1.0.0")
                            .start());
        }
        run(3);
    }

    static NodeId id(int node) {
        return NodeId.parse("127.0.0.1:" + (7000 + node));
    }

    static int number(NodeId node) {
        return Integer.parseInt(node.toString().split(":", -1)[1]) - 7000;
    }

    TestNode node(int node) {
        return nodes.get(id(node));
    }

    /** Nothing goes to or from that node any more. */
    void kill(int node) {
        dead.add(id(node));
    }

    void loss(double part) {
        loss = part;
    }

    void fate(Fate now) {
        fate = now;
    }

    /** A message of the source with a payload of that number's own. */
    static Message message(long sequence) {
        byte[] payload = new byte[(int) (sequence * 37 % 400)];
        new Random(sequence).nextBytes(payload);
        return Message.builder(id(0), MessageType.DATA)
                .application(1)
                .sequence(sequence)
                .payload(payload)
                .build();
    }

    /** The source produces so many messages, some in each millisecond. */
    Mesh produce(int count, int perStep) {
        for (int left = count; left > 0; left -= perStep) {
            for (int i = 0; i < Math.min(left, perStep); i++) {
                node(0).receive(message(produced++), id(0));
            }
            run(1);
        }
        return this;
    }

    /** So many milliseconds pass. */
    Mesh run(int steps) {
        for (int step = 0; step < steps; step++) {
            Map<Integer, List<Sent>> leaving = new HashMap<>();
            order.forEach(node -> leaving.put(node, node(node).takeSent()));
            for (int node : order) {
                leaving.get(node).forEach(sent -> arrive(node, sent));
            }
            order.forEach(node -> node(node).advance(STEP));
        }
        return this;
    }

    private void arrive(int from, Sent sent) {
        Message message = sent.message().copy();
        TestNode to = nodes.get(sent.to());
        if (to == null || dead.contains(id(from)) || dead.contains(sent.to())) {
            return;
        }
        if (MessageType.isControl(message.type())) {
            to.receive(message, id(from));
        } else if (chance.nextDouble() >= loss) {
            String link = from + ">" + number(sent.to());
            fate.apply(link, message).forEach(arriving -> to.receive(arriving, id(from)));
        }
    }

    /** Numbers that the application of a node got, in order; throws if one of them has other bytes than at the source. */
    List<Long> delivered(int node) {
        List<Long> numbers = new ArrayList<>();
        for (Message message : node(node).delivered()) {
            Message original = message(message.sequence());
            if (!message.payload().equals(original.payload())
                    || !message.header().equals(original.header())) {
                throw new AssertionError(node + " got another " + message.sequence());
            }
            numbers.add(message.sequence());
        }
        return numbers;
    }

    static List<Long> numbers(long count) {
        return LongStream.range(0, count).boxed().toList();
    }

    long count(int node, String what) {
        return node(node).status().get(what).getAsLong();
    }

    double overhead(int... receivers) {
        long came = Arrays.stream(receivers)
                .mapToLong(node -> count(node, "received"))
                .sum();
        return (double) came
                / Arrays.stream(receivers)
                        .mapToLong(node -> count(node, "minimum"))
                        .sum();
    }

    String faults(int node) {
        return node(node).status().get("faults").toString();
    }
}

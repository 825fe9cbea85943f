package ioverlay.api;

import java.nio.ByteBuffer;
import java.util.LinkedHashSet;
import java.util.List;

/** The relayed query of {@link BasicAlgorithm#find}: each node asks its known hosts once per request. */
final class Finder {
    private static final int MAX_REMEMBERED = 256;

    private record Request(NodeId asker, int id) {}

    private final LinkedHashSet<Request> seen = new LinkedHashSet<>();

    int ask(BasicAlgorithm algorithm) {
        int id = algorithm.random().nextInt(); // not a count: a successor must not repeat it
        NodeId self = algorithm.self();
        remember(new Request(self, id));
        relay(algorithm, id, BasicAlgorithm.MAX_FIND_HOPS, List.of(self), self);
        return id;
    }

    void asked(BasicAlgorithm algorithm, Message find) {
        ByteBuffer payload = find.payload();
        NodeId asker = NodeId.read(payload);
        if (!remember(new Request(asker, find.param1()))) {
            return;
        }
        if (algorithm.inSession()) {
            Message found = algorithm
                    .message(MessageType.FOUND)
                    .params(find.param1(), 0)
                    .build();
            algorithm.send(found, asker);
        } else if (find.param2() > 1) {
            int hops = Math.min(find.param2() - 1, BasicAlgorithm.MAX_FIND_HOPS);
            relay(algorithm, find.param1(), hops, List.of(asker), find.from());
        }
    }

    private static void relay(BasicAlgorithm algorithm, int id, int hops, List<NodeId> asker, NodeId from) {
        Message find = algorithm
                .message(MessageType.FIND)
                .params(id, hops)
                .payload(asker)
                .build();
        NodeId[] others = algorithm.knownHosts().stream()
                .filter(host -> !host.equals(from) && !host.equals(asker.getFirst()))
                .toArray(NodeId[]::new);
        algorithm.send(find, others);
    }

    private boolean remember(Request request) {
        if (seen.size() == MAX_REMEMBERED) {
            seen.removeFirst();
        }
        return seen.add(request);
    }
}

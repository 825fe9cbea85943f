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
        ByteBuffer asker = ByteBuffer.allocate(NodeId.BYTES);
        self.write(asker);
        relay(algorithm, Header.params(id, BasicAlgorithm.MAX_FIND_HOPS), asker.flip(), List.of(self));
        return id;
    }

    void asked(BasicAlgorithm algorithm, Message find) {
        NodeId asker = NodeId.read(find.payload());
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
            relay(algorithm, Header.params(find.param1(), hops), find.payload(), List.of(asker, find.from()));
        }
    }

    /** Asks all known hosts but those who know of it: the payload goes on with whatever the asker added. */
    private static void relay(BasicAlgorithm algorithm, long params, ByteBuffer payload, List<NodeId> informed) {
        Message find = algorithm
                .message(MessageType.FIND)
                .sequence(params)
                .payload(payload)
                .build();
        NodeId[] others = algorithm.knownHosts().stream()
                .filter(host -> !informed.contains(host))
                .toArray(NodeId[]::new);
        algorithm.send(find, others);
    }

    private boolean remember(Request request) {
        boolean isNew = seen.add(request);
        if (seen.size() > MAX_REMEMBERED) {
            seen.removeFirst();
        }
        return isNew;
    }
}

package ioverlay.bench.soak;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import ioverlay.api.Message;
import ioverlay.api.MessageType;
import ioverlay.api.NodeId;
import ioverlay.api.container.ApplicationSpec;
import ioverlay.api.container.NodeSpec;
import ioverlay.api.container.NodeStatus;
import ioverlay.api.container.Nodes;
import ioverlay.api.container.SlotSpec;
import ioverlay.bench.FailedException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The nodes of a soak in this container: three sessions, each a tree of its own over nodes that most of them share.
 *
 * <p><b>Threads:</b> one, but for {@link #remove}.
 */
final class Grove {
    static final int SESSIONS = 3;
    static final int BUFFER_BYTES = 64 << 10;
    static final int PAYLOAD = 1000;
    static final int MESSAGE_BYTES = 24 + PAYLOAD;

    private final Nodes nodes;
    private final Ends ends;
    private final Map<String, NodeId> ids = new ConcurrentHashMap<>();

    /** By node and session: whom it sends to. */
    private final Map<String, Map<Integer, Set<NodeId>>> next = new LinkedHashMap<>();

    Grove(Nodes nodes, Ends ends) {
        this.nodes = nodes;
        this.ends = ends;
    }

    /** A node that passes sessions on. */
    NodeId relay(String name, List<Integer> sessions) {
        return create(name, sessions, false);
    }

    /** A node that receives a session. */
    NodeId leaf(String name, int session) {
        NodeId id = create(name, List.of(session), true);
        nodes.start(name, new ApplicationSpec("sink.counting", session, new JsonObject()));
        return id;
    }

    private NodeId create(String name, List<Integer> sessions, boolean deliver) {
        NodeSpec spec = NodeSpec.named(name).withBufferBytes(BUFFER_BYTES);
        Map<Integer, Set<NodeId>> routes = new LinkedHashMap<>();
        for (int session : sessions) {
            routes.put(session, new TreeSet<>());
            spec = spec.withSlot(session, SlotSpec.of("relay").withSettings(settings(List.of(), deliver)));
        }
        NodeId id = nodes.create(spec).id();
        ids.put(name, id);
        next.put(name, routes);
        ends.node(name, id.toString());
        return id;
    }

    static JsonObject settings(Iterable<NodeId> next, boolean deliver) {
        JsonArray hops = new JsonArray();
        next.forEach(hop -> hops.add(hop.toString()));
        JsonObject settings = new JsonObject();
        settings.add("next", hops);
        settings.addProperty("deliver", deliver);
        return settings;
    }

    /** A node sends a session to one more. */
    void join(String above, int session, NodeId below) {
        routes(above, session).add(below);
        configure(above, session);
    }

    /** A node sends a session to one less. */
    void leave(String above, int session, NodeId below) {
        routes(above, session).remove(below);
        configure(above, session);
    }

    private Set<NodeId> routes(String node, int session) {
        return Objects.requireNonNull(
                Objects.requireNonNull(next.get(node), node).get(session), node);
    }

    private void configure(String node, int session) {
        nodes.tell(
                node,
                Message.builder(id(node), MessageType.CONFIGURE)
                        .application(session)
                        .payload(settings(routes(node, session), false))
                        .build());
    }

    void source(String node, int session, long bytesPerSecond) {
        JsonObject settings = new JsonObject();
        settings.addProperty("payload", PAYLOAD);
        settings.addProperty("bytesPerSecond", bytesPerSecond);
        nodes.start(node, new ApplicationSpec("source.cbr", session, settings));
    }

    /** Ends a node, which takes up to some seconds. Any thread. */
    void remove(String name) {
        ends.leaves(name);
        ids.remove(name);
        nodes.remove(name);
    }

    /** From now on the node is not spoken of. */
    void forget(String name) {
        next.remove(name);
    }

    NodeId id(String name) {
        return Objects.requireNonNull(ids.get(name), name);
    }

    List<String> names() {
        return new ArrayList<>(next.keySet());
    }

    NodeStatus status(String name) {
        return nodes.status(name).orElseThrow(() -> new FailedException("the node " + name + " is gone"));
    }
}

package ioverlay.itest.failures;

import com.google.gson.JsonObject;
import ioverlay.api.Algorithm;
import ioverlay.api.Application;
import ioverlay.api.BasicAlgorithm;
import ioverlay.api.Disposition;
import ioverlay.api.Header;
import ioverlay.api.Message;
import ioverlay.api.MessageType;
import ioverlay.api.NodeId;
import ioverlay.api.WrittenBy;
import ioverlay.api.container.Emulation;
import ioverlay.engine.Candidate;
import ioverlay.engine.DataPlane;
import ioverlay.engine.Node;
import ioverlay.engine.NodeConfig;
import ioverlay.engine.Occupant;
import ioverlay.itest.Await;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * A node that relays each application's data to where it was told, or to its own application, and writes down what the
 * engine tells its algorithm about neighbours. A neighbour that it can no longer send to gets nothing more.
 */
final class Station {
    private static final int BUFFER_BYTES = 64 << 10;
    private static final long SEED = 42;
    private static final WrittenBy ORIGIN = new WrittenBy("relay", "1.0.0");

    private static final List<Integer> ABOUT_NEIGHBOURS = List.of(
            MessageType.LINK_UP,
            MessageType.LINK_FAILED,
            MessageType.LINK_CLOSED,
            MessageType.NODE_FAILED,
            MessageType.SOURCE_FAILED);

    private final Node node;
    private final Map<Integer, List<NodeId>> next = new ConcurrentHashMap<>();
    private final Queue<Heard> heard = new ConcurrentLinkedQueue<>();
    private final Consumer<Heard> listener;

    private Station(Node node, Consumer<Heard> listener) {
        this.node = node;
        this.listener = listener;
    }

    /** At any free port of the loopback address. */
    static Station open(DataPlane plane, String name, int inactivityMs) throws Exception {
        return open(plane, name, "127.0.0.1", inactivityMs, Emulation.NONE, heard -> {});
    }

    static Station open(
            DataPlane plane,
            String name,
            String address,
            int inactivityMs,
            Emulation emulation,
            Consumer<Heard> listener)
            throws Exception {
        Node node = plane.open(new NodeConfig(
                name,
                new InetSocketAddress(InetAddress.ofLiteral(address), 0),
                BUFFER_BYTES,
                Header.MAX_PAYLOAD,
                SEED,
                (kind, sentence, detail) -> {},
                emulation,
                inactivityMs));
        Station station = new Station(node, listener);
        node.occupy(station.candidate());
        return station;
    }

    private Candidate candidate() throws Exception {
        Algorithm relay = new Relay();
        return node.prepare(0, new Occupant(relay, ORIGIN, new JsonObject()));
    }

    /** From now on the application's data goes there. */
    Station relay(int application, NodeId... to) {
        next.put(application, List.of(to));
        return this;
    }

    <A extends Application> A attach(int application, A instance) throws Exception {
        node.attach(application, instance.getClass().getSimpleName(), instance, new JsonObject());
        return instance;
    }

    void park() {
        node.park(0);
    }

    /** Somebody serves again. */
    void unpark() throws Exception {
        node.exchange(candidate());
    }

    NodeId id() {
        return node.id();
    }

    Node node() {
        return node;
    }

    /** All that was heard of these types. */
    List<Heard> heard(Integer... types) {
        return heard(one -> List.of(types).contains(one.type()));
    }

    List<Heard> heard(Predicate<Heard> which) {
        return heard.stream().filter(which).toList();
    }

    /** Waits for a notice about a neighbour. */
    Heard await(int type, NodeId peer, int how) {
        return await(
                "0x" + Integer.toHexString(type) + " about " + peer,
                one -> one.type() == type && one.peer().equals(peer) && one.how() == how);
    }

    Heard await(String what, Predicate<Heard> which) {
        Await.until(what, () -> !heard(which).isEmpty());
        return heard(which).getLast();
    }

    /** Forgets what was heard. */
    void forget() {
        heard.clear();
    }

    /** What the node counts under this name. */
    long count(String counter) {
        return node.status().counters().getOrDefault(counter, -1L);
    }

    private final class Relay extends BasicAlgorithm {
        @Override
        public Disposition process(Message message) {
            if (message.type() == MessageType.DATA) {
                List<NodeId> to = next.getOrDefault(message.application(), List.of());
                if (to.isEmpty()) {
                    deliver(message);
                } else {
                    send(message, to.toArray(NodeId[]::new));
                }
            } else if (ABOUT_NEIGHBOURS.contains(message.type())) {
                note(message);
            }
            return Disposition.DONE;
        }

        private void note(Message notice) {
            ByteBuffer payload = notice.payload();
            NodeId peer = NodeId.read(payload);
            Heard one = new Heard(
                    System.nanoTime(),
                    notice.type(),
                    notice.application(),
                    peer,
                    notice.param1(),
                    StandardCharsets.UTF_8.decode(payload).toString());
            heard.add(one);
            listener.accept(one);
            boolean unsendable = notice.type() == MessageType.LINK_FAILED && notice.param1() == Peer.DOWNSTREAM;
            if (unsendable || notice.type() == MessageType.NODE_FAILED) {
                next.replaceAll((application, to) ->
                        to.stream().filter(node -> !node.equals(peer)).toList());
            }
        }
    }
}

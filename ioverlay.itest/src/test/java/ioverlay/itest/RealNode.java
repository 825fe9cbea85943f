package ioverlay.itest;

import com.google.gson.JsonObject;
import ioverlay.api.Algorithm;
import ioverlay.api.Application;
import ioverlay.api.BasicAlgorithm;
import ioverlay.api.Disposition;
import ioverlay.api.Header;
import ioverlay.api.Message;
import ioverlay.api.MessageType;
import ioverlay.api.NodeId;
import ioverlay.api.Session;
import ioverlay.api.WrittenBy;
import ioverlay.api.container.Emulation;
import ioverlay.api.container.NodeStatus.SlotStatus;
import ioverlay.engine.Candidate;
import ioverlay.engine.DataPlane;
import ioverlay.engine.Node;
import ioverlay.engine.NodeConfig;
import ioverlay.engine.Occupant;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A real node between a real upstream and a real downstream, on loopback, for one application. */
final class RealNode implements AutoCloseable {
    static final int APP = 7;
    static final long SEED = 42;
    static final int BUFFER_BYTES = 4 << 10;

    private static final WrittenBy ORIGIN = new WrittenBy("algorithm", "1.0.0");

    private final DataPlane plane;
    private final Node upstream;
    private final Node node;
    private final Node downstream;
    private final Recorder arrived = new Recorder();
    private final Recorder delivered = new Recorder();
    private final List<String> refusals = new CopyOnWriteArrayList<>();
    private JsonObject settings = new JsonObject();

    private RealNode(DataPlane plane) throws Exception {
        this.plane = plane;
        this.upstream = open("upstream");
        this.node = open("node");
        this.downstream = open("downstream");
        upstream.occupy(upstream.prepare(0, new Occupant(new Recorder(), ORIGIN, new JsonObject())));
        downstream.occupy(downstream.prepare(0, new Occupant(arrived, ORIGIN, new JsonObject())));
        node.attach(APP, "recorder", new Consumer(delivered), new JsonObject());
    }

    static RealNode open() throws Exception {
        return new RealNode(DataPlane.open());
    }

    private void happened(String name, String kind, String sentence) {
        if (name.equals("node") && kind.equals("request.refused")) {
            refusals.add(sentence);
        }
    }

    private Node open(String name) throws IOException {
        InetSocketAddress anyPort = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        return plane.open(new NodeConfig(
                name,
                anyPort,
                BUFFER_BYTES,
                Header.MAX_PAYLOAD,
                SEED,
                (kind, sentence, detail) -> happened(name, kind, sentence)));
    }

    void serve(Algorithm algorithm, JsonObject its) throws Exception {
        settings = its;
        node.occupy(node.prepare(APP, new Occupant(algorithm, ORIGIN, its)));
    }

    /** As the container does it. */
    void swap(Algorithm algorithm) throws Exception {
        WrittenBy next = new WrittenBy("algorithm", "1.1.0");
        Candidate candidate = node.prepare(APP, new Occupant(algorithm, next, settings));
        node.rehearse(candidate, node.state(APP), ORIGIN);
        if (node.exchange(candidate).failure().isPresent()) {
            throw new AssertionError("the exchange failed");
        }
    }

    /** The upstream sends this to the node. */
    void receive(Message message) {
        upstream.engine().send(message, node.id());
    }

    NodeId id() {
        return node.id();
    }

    NodeId upstream() {
        return upstream.id();
    }

    NodeId downstream() {
        return downstream.id();
    }

    /** What came out for the downstream, as text. */
    List<String> arrived() {
        return arrived.texts;
    }

    /** What came out for the application, as text. */
    List<String> delivered() {
        return delivered.texts;
    }

    /** Requests of the algorithm that broke a rule, as sentences. */
    List<String> refusals() {
        return refusals;
    }

    Emulation emulation() {
        return node.emulation();
    }

    SlotStatus slot() {
        return node.status().slots().getFirst();
    }

    /** All that a message says. */
    static String text(Message message) {
        return message.header() + " " + message.text();
    }

    @Override
    public void close() {
        plane.close();
    }

    /** Writes down every message of others. */
    private static final class Recorder extends BasicAlgorithm {
        private final List<String> texts = new CopyOnWriteArrayList<>();

        @Override
        public Disposition process(Message message) {
            if (!MessageType.isEngine(message.type())) {
                texts.add(text(message));
            }
            return Disposition.DONE;
        }
    }

    private record Consumer(Recorder recorder) implements Application {
        @Override
        public void begin(Session session) {}

        @Override
        public void consume(Message message) {
            recorder.process(message);
        }
    }
}

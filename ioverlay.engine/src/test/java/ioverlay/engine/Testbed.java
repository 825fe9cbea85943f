package ioverlay.engine;

import com.google.gson.JsonObject;
import ioverlay.api.Algorithm;
import ioverlay.api.Application;
import ioverlay.api.Header;
import ioverlay.api.WrittenBy;
import ioverlay.api.container.Emulation;
import ioverlay.api.container.NodeSpec;
import ioverlay.io.opening.Limits;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** A data plane with real nodes on loopback, for one test; remembers what the nodes' watcher heard. */
final class Testbed implements AutoCloseable {
    /** The application of tests that need only one. */
    static final int APP = 7;

    static final int SMALL_BUFFER = 4 << 10;
    static final int LARGE_BUFFER = 1 << 20;

    private static final long SEED = 42;

    private final DataPlane plane;
    private final Queue<Happened> happened = new ConcurrentLinkedQueue<>();

    private final Queue<Stalled> stalled = new ConcurrentLinkedQueue<>();

    /** What a watcher heard. */
    record Happened(String kind, String sentence, JsonObject detail) {}

    /** What a watcher heard of a slot that was parked since its occupant did not return. */
    record Stalled(String node, boolean kept, String cause) {}

    private Testbed(DataPlane plane) {
        this.plane = plane;
    }

    static Testbed open() {
        return open(Limits.DEFAULT);
    }

    /** Nodes that put up with less, so that a test need not wait long. */
    static Testbed open(Limits limits) {
        return open(limits, TurnLimits.STANDARD);
    }

    /** Nodes that put up with less of their algorithms. */
    static Testbed open(TurnLimits turns) {
        return open(Limits.DEFAULT, turns);
    }

    private static Testbed open(Limits limits, TurnLimits turns) {
        try {
            return new Testbed(DataPlane.open(limits, turns));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    DataPlane plane() {
        return plane;
    }

    /** A node with large buffers at any free port. */
    Node node(String name) {
        return node(name, LARGE_BUFFER);
    }

    Node node(String name, int bufferBytes) {
        return node(name, bufferBytes, Header.MAX_PAYLOAD, 0);
    }

    /** A node with links that fail after so long in silence. */
    Node impatient(String name, int inactivityMs) {
        return node(name, LARGE_BUFFER, Header.MAX_PAYLOAD, 0, Emulation.NONE, inactivityMs);
    }

    Node node(String name, int bufferBytes, int maxPayload, int port) {
        return node(name, bufferBytes, maxPayload, port, Emulation.NONE, NodeSpec.DEFAULT_INACTIVITY_MILLIS);
    }

    /** A node with large buffers that begins in this network. */
    Node node(String name, Emulation emulation) {
        return node(name, LARGE_BUFFER, Header.MAX_PAYLOAD, 0, emulation, NodeSpec.DEFAULT_INACTIVITY_MILLIS);
    }

    private Node node(String name, int bufferBytes, int maxPayload, int port, Emulation emulation, int inactivityMs) {
        InetSocketAddress at = new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), port);
        NodeWatcher watcher = new NodeWatcher() {
            @Override
            public void happened(String kind, String sentence, JsonObject detail) {
                happened.add(new Happened(kind, sentence, detail));
            }

            @Override
            public void stalled(int application, boolean kept, String cause) {
                stalled.add(new Stalled(name, kept, cause));
            }
        };
        try {
            return plane.open(
                    new NodeConfig(name, at, bufferBytes, maxPayload, SEED, watcher, emulation, inactivityMs));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Lets the algorithm serve slot 0, which serves all applications. */
    static <A extends Algorithm> A serve(Node node, A algorithm) {
        return serve(node, 0, algorithm);
    }

    static <A extends Algorithm> A serve(Node node, int application, A algorithm) {
        node.occupy(candidate(node, application, algorithm));
        return algorithm;
    }

    /** An algorithm that has begun and checked itself. */
    static Candidate candidate(Node node, int application, Algorithm algorithm) {
        WrittenBy origin = new WrittenBy(algorithm.getClass().getSimpleName(), "1.0.0");
        try {
            return node.prepare(application, new Occupant(algorithm, origin, new JsonObject()));
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    static <A extends Application> A attach(Node node, int application, A instance) {
        try {
            node.attach(application, instance.getClass().getSimpleName(), instance, new JsonObject());
        } catch (Exception e) {
            throw new AssertionError(e);
        }
        return instance;
    }

    /** From now on the node is in this network, whatever links it has. */
    static void emulate(Node node, Emulation emulation) {
        Node.ask(node.node(), () -> {
            node.node().caps().set(emulation);
            return emulation;
        });
    }

    /** One of the node's counters, by the name it has in the status. */
    static long count(Node node, String counter) {
        Long value = node.status().counters().get(counter);
        if (value == null) {
            throw new AssertionError("no counter is called " + counter);
        }
        return value;
    }

    /** What the watcher of all nodes heard of this kind. */
    List<Happened> happened(String kind) {
        return happened.stream().filter(event -> event.kind().equals(kind)).toList();
    }

    List<Stalled> stalled() {
        return List.copyOf(stalled);
    }

    @Override
    public void close() {
        plane.close();
    }
}

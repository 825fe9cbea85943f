package ioverlay.engine;

import ioverlay.api.NodeId;
import ioverlay.io.memory.SlabPool;
import ioverlay.io.opening.Acceptor;
import ioverlay.io.opening.Dialler;
import ioverlay.io.opening.Limits;
import ioverlay.io.probe.Probe;
import ioverlay.io.probe.Prober;
import ioverlay.io.shared.Clock;
import ioverlay.io.shared.Poller;
import ioverlay.io.watch.Watchdog;
import ioverlay.io.watch.Watched;
import ioverlay.io.wire.Hello;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.security.SecureRandom;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What all nodes of one JVM share: the clock, the poller, the watchdog and the memory that messages live in.
 *
 * <p><b>Threads:</b> any.
 */
public final class DataPlane implements AutoCloseable {
    /** Kernel buffers of a connection, per direction: without a bound the kernel hides megabytes per link. */
    private static final int SOCKET_BUFFER_BYTES = 256 << 10;

    private static final long CLOSE_TIMEOUT_MS = 15_000;

    private final Clock clock = new Clock();
    private final Poller poller;
    private final Limits limits;
    private final SlabPool pool = new SlabPool(SlabPool.DEFAULT_LIMIT_BYTES);
    private final SecureRandom incarnations = new SecureRandom();
    private final Set<Node> nodes = ConcurrentHashMap.newKeySet();

    private final Watchdog watchdog;

    private DataPlane(Poller poller, Limits limits, TurnLimits turns) {
        this.poller = poller;
        this.limits = limits;
        this.watchdog = new Watchdog(
                turns.reportMs(),
                turns.interruptMs(),
                turns.cancelMs(),
                turns.condemnMs(),
                () -> nodes.stream().<Watched>map(Node::node).iterator());
    }

    /**
     * Starts the shared threads.
     *
     * @throws IOException if the system gives no selector
     */
    public static DataPlane open() throws IOException {
        return open(Limits.DEFAULT, TurnLimits.STANDARD);
    }

    /**
     * Starts the shared threads, with other limits for the calls of algorithms.
     *
     * @throws IOException if the system gives no selector
     */
    public static DataPlane open(TurnLimits turns) throws IOException {
        return open(Limits.DEFAULT, turns);
    }

    static DataPlane open(Limits limits, TurnLimits turns) throws IOException {
        return new DataPlane(new Poller(), limits, turns);
    }

    /**
     * Opens a node, which then listens.
     *
     * @throws IOException if it cannot listen there: {@link java.net.BindException} names the address and port
     */
    public Node open(NodeConfig config) throws IOException {
        Acceptor acceptor = Acceptor.listen(config.listen(), clock, SOCKET_BUFFER_BYTES, limits);
        InetSocketAddress at = acceptor.address();
        Dialler dialler = new Dialler(at, clock, SOCKET_BUFFER_BYTES, limits.openMs());
        Prober[] prober = new Prober[1];
        Switch node = new Switch(
                config,
                NodeId.of(at),
                incarnations.nextLong(),
                pool,
                of -> new Links(of, poller, dialler, clock, limits.partMs()),
                of -> {
                    prober[0] = new Prober(
                            new Probe(dialler, clock),
                            of.threads(),
                            () -> of.hello(Hello.PROBE),
                            of.caps().conditions());
                    return new Requests(of, prober[0]);
                });
        Node[] opened = new Node[1];
        opened[0] = new Node(node, clock, new Closing(node, acceptor, () -> nodes.remove(opened[0])), prober[0]);
        nodes.add(opened[0]);
        node.turn().start();
        acceptor.start(new Entrance(node, clock, limits.stallMs(), limits.partMs() * 6 / 7));
        return opened[0];
    }

    /** Memory that the slabs of all nodes have taken from the system, in bytes. */
    public long allocatedBytes() {
        return pool.allocatedBytes();
    }

    /** Of that, what no message is in, in bytes. */
    public long freeBytes() {
        return pool.freeBytes();
    }

    /** Closes every node that is still open, then the shared threads; idempotent. */
    @Override
    public void close() {
        List<Thread> closing = nodes.stream()
                .map(node -> Thread.ofPlatform().name("overlay-close").start(node::close))
                .toList();
        try {
            for (Thread node : closing) {
                node.join(CLOSE_TIMEOUT_MS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        watchdog.close();
        clock.close();
        poller.close();
    }
}

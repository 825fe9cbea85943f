package ioverlay.container;

import ioverlay.api.Algorithm;
import ioverlay.api.container.NodeSpec;
import ioverlay.api.container.NodeStatus.WeightStatus;
import ioverlay.api.container.RefusedException;
import ioverlay.container.journal.NodeEntry;
import ioverlay.container.journal.SlotEntry;
import ioverlay.engine.DataPlane;
import ioverlay.engine.Node;
import ioverlay.engine.NodeConfig;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/**
 * Makes one node: a listening engine with every slot occupied.
 *
 * <p><b>Threads:</b> any.
 */
final class NodeMaker {
    private final DataPlane plane;
    private final Catalogue<Algorithm> algorithms;
    private final EventLog events;
    private final Watcher.Stalls stalls;
    private final BiConsumer<LiveNode, LiveSlot> parkedLate;

    /**
     * Prepares.
     *
     * @param parkedLate told of the nodes' slots what {@link LiveSlot#occupied} says
     */
    NodeMaker(
            DataPlane plane,
            Catalogue<Algorithm> algorithms,
            EventLog events,
            Watcher.Stalls stalls,
            BiConsumer<LiveNode, LiveSlot> parkedLate) {
        this.plane = plane;
        this.algorithms = algorithms;
        this.events = events;
        this.stalls = stalls;
        this.parkedLate = parkedLate;
    }

    /**
     * Makes it.
     *
     * @param weights of its upstreams
     * @param written notes it, with its port, before anybody can find it
     * @throws RefusedException if the port is taken, a slot is not served, or it cannot be noted; nothing then listens
     */
    LiveNode make(NodeSpec spec, Choice choice, List<WeightStatus> weights, Consumer<NodeEntry> written) {
        Map<Integer, Source<Algorithm>> chosen = new TreeMap<>();
        spec.slots().forEach((application, slot) -> chosen.put(application, choice.of(application, slot)));
        LiveNode node = new LiveNode(spec, open(spec));
        try {
            weights.forEach(each -> node.node().weigh(each.application(), each.upstream(), each.weight()));
            node.occupy(chosen, algorithms, parkedLate);
            written.accept(entry(spec, node.node(), chosen));
            return node;
        } catch (RuntimeException e) {
            node.close();
            throw e instanceof IllegalStateException
                    ? new RefusedException("node '" + spec.name() + "' was not made: " + Reason.of(e), e)
                    : e;
        }
    }

    private static NodeEntry entry(NodeSpec spec, Node node, Map<Integer, Source<Algorithm>> chosen) {
        Map<Integer, SlotEntry> slots = new TreeMap<>();
        spec.slots()
                .forEach((application, slot) -> slots.put(
                        application,
                        new SlotEntry(
                                slot,
                                Objects.requireNonNull(chosen.get(application))
                                        .version()
                                        .toString(),
                                "")));
        NodeSpec place = new NodeSpec(
                spec.name(),
                spec.address(),
                port(node),
                spec.bufferBytes(),
                spec.maxPayload(),
                Map.of(),
                spec.emulation(),
                spec.inactivityMillis(),
                spec.location(),
                spec.observer());
        return new NodeEntry(place, "", slots, Map.of());
    }

    private static int port(Node node) {
        String id = node.id().toString();
        return Integer.parseInt(id.substring(id.lastIndexOf(':') + 1));
    }

    private Node open(NodeSpec spec) {
        InetSocketAddress listen = new InetSocketAddress(InetAddress.ofLiteral(spec.address()), spec.port());
        try {
            return plane.open(new NodeConfig(
                    spec.name(),
                    listen,
                    spec.bufferBytes(),
                    spec.maxPayload(),
                    seed(spec.name()),
                    new Watcher(spec.name(), events, stalls),
                    spec.emulation(),
                    spec.inactivityMillis()));
        } catch (IOException e) {
            throw new RefusedException("node '" + spec.name() + "' was not made: " + Reason.of(e), e);
        }
    }

    /** From the name, so that a run can be repeated. */
    private static long seed(String name) {
        long seed = 0;
        for (int at = 0; at < name.length(); at++) {
            seed = 1_000_003 * seed + name.charAt(at);
        }
        return seed;
    }
}

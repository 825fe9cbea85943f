package ioverlay.container;

import com.google.gson.JsonObject;
import ioverlay.api.Algorithm;
import ioverlay.api.Application;
import ioverlay.api.Message;
import ioverlay.api.MessageType;
import ioverlay.api.container.ApplicationSpec;
import ioverlay.api.container.NodeSpec;
import ioverlay.api.container.NodeStatus;
import ioverlay.api.container.Nodes;
import ioverlay.api.container.RefusedException;
import ioverlay.engine.DataPlane;
import ioverlay.engine.Node;
import ioverlay.engine.NodeConfig;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;

/**
 * Makes and ends nodes (paper, "Virtualized nodes").
 *
 * <p><b>Threads:</b> any.
 */
final class NodeFactory implements Nodes {
    private final DataPlane plane;
    private final Directory directory;
    private final Supply supply;
    private final Catalogue<Algorithm> algorithms;
    private final Catalogue<Application> applications;
    private final EngineServices services;
    private final EventLog events;

    NodeFactory(
            DataPlane plane,
            Directory directory,
            Supply supply,
            Catalogue<Algorithm> algorithms,
            Catalogue<Application> applications,
            EngineServices services,
            EventLog events) {
        this.plane = plane;
        this.directory = directory;
        this.supply = supply;
        this.algorithms = algorithms;
        this.applications = applications;
        this.services = services;
        this.events = events;
    }

    @Override
    public NodeStatus create(NodeSpec spec) {
        directory.reserve(spec.name());
        LiveNode node;
        try {
            node = make(spec);
        } catch (RuntimeException e) {
            directory.release(spec.name());
            throw e;
        }
        directory.publish(node);
        node.leaveWithdrawn();
        events.add("node.created", node.name(), "listens at " + node.node().id(), detail(node));
        try {
            return node.status();
        } catch (IllegalStateException e) {
            // The container stops, or somebody has removed it at once.
            throw new RefusedException("node '" + spec.name() + "' has ended: " + Reason.of(e), e);
        }
    }

    private LiveNode make(NodeSpec spec) {
        spec.slots().values().forEach(slot -> supply.highest(slot.algorithm(), Ranges.parse(slot.versions())));
        LiveNode node = new LiveNode(spec, open(spec));
        try {
            node.occupy(algorithms);
            services.register(node.node());
            return node;
        } catch (RuntimeException e) {
            node.close();
            throw e instanceof IllegalStateException
                    ? new RefusedException("node '" + spec.name() + "' was not made: " + Reason.of(e), e)
                    : e;
        }
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
                    (kind, sentence, detail) -> events.add(kind, spec.name(), sentence, detail)));
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

    @Override
    public void remove(String name) {
        LiveNode node = directory.require(name);
        if (!directory.hide(node)) {
            throw new RefusedException("node '" + name + "' is already being removed");
        }
        try {
            services.unregister(node.node());
            node.close();
        } finally {
            directory.release(node.name());
            events.add(
                    "node.removed",
                    node.name(),
                    "no longer listens at " + node.node().id(),
                    detail(node));
        }
    }

    @Override
    public List<NodeStatus> list() {
        return directory.all().stream().flatMap(node -> status(node).stream()).toList();
    }

    @Override
    public Optional<NodeStatus> status(String node) {
        return directory.find(node).flatMap(this::status);
    }

    private Optional<NodeStatus> status(LiveNode node) {
        try {
            return Optional.of(node.status());
        } catch (IllegalStateException e) {
            if (directory.find(node.name()).filter(node::equals).isEmpty()) {
                return Optional.empty(); // it was removed meanwhile
            }
            throw e;
        }
    }

    @Override
    public void start(String name, ApplicationSpec wanted) {
        LiveNode node = directory.require(name);
        node.start(wanted, applications.lease(applications.highest(wanted.type(), Ranges.ANY)));
        event("application.started", node, wanted.application(), wanted.type() + " started");
    }

    @Override
    public void stop(String name, int application) {
        LiveNode node = directory.require(name);
        if (!node.stop(application)) {
            throw new RefusedException(
                    "no application " + Integer.toUnsignedString(application) + " is started at node '" + name + "'");
        }
        event("application.stopped", node, application, "stopped on request");
    }

    @Override
    public void tell(String name, Message message) {
        int type = message.type();
        if (!MessageType.isControl(type) || MessageType.isEngine(type)) {
            throw new RefusedException(
                    "a node is told control messages of types 0x8000 to 0xbfff, not 0x" + Integer.toHexString(type));
        }
        directory.require(name).node().tell(message);
    }

    private void event(String kind, LiveNode node, int application, String what) {
        String id = Integer.toUnsignedString(application);
        JsonObject detail = detail(node);
        detail.addProperty("application", id);
        events.add(kind, node.name(), "application " + id + ": " + what, detail);
    }

    private static JsonObject detail(LiveNode node) {
        JsonObject detail = new JsonObject();
        detail.addProperty("id", node.node().id().toString());
        return detail;
    }
}

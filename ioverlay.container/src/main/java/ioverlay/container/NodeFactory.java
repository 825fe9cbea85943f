package ioverlay.container;

import com.google.gson.JsonObject;
import ioverlay.api.Algorithm;
import ioverlay.api.Application;
import ioverlay.api.Message;
import ioverlay.api.MessageType;
import ioverlay.api.container.ApplicationSpec;
import ioverlay.api.container.NodeSpec;
import ioverlay.api.container.NodeStatus;
import ioverlay.api.container.NodeStatus.WeightStatus;
import ioverlay.api.container.Nodes;
import ioverlay.api.container.RefusedException;
import ioverlay.container.journal.NodeEntry;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Makes and ends nodes (paper, "Virtualized nodes").
 *
 * <p><b>Threads:</b> any.
 */
final class NodeFactory implements Nodes {
    private final NodeMaker maker;
    private final Directory directory;
    private final Supply supply;
    private final Catalogue<Application> applications;
    private final EngineServices services;
    private final DesiredState desired;
    private final EventLog events;

    NodeFactory(
            NodeMaker maker,
            Directory directory,
            Supply supply,
            Catalogue<Application> applications,
            EngineServices services,
            DesiredState desired,
            EventLog events) {
        this.maker = maker;
        this.directory = directory;
        this.supply = supply;
        this.applications = applications;
        this.services = services;
        this.desired = desired;
        this.events = events;
    }

    @Override
    public NodeStatus create(NodeSpec spec) {
        return make(spec, highest(), List.of(), desired::made);
    }

    /** Each slot begins with the highest version that its range allows. */
    Choice highest() {
        return (application, slot) -> supply.highest(slot.algorithm(), Ranges.parse(slot.versions()));
    }

    /**
     * Makes a node and shows it.
     *
     * @param weights of its upstreams
     * @param written notes it
     * @throws RefusedException if the name or port is taken, a slot is not served, or it cannot be noted
     */
    NodeStatus make(NodeSpec spec, Choice choice, List<WeightStatus> weights, Consumer<NodeEntry> written) {
        directory.reserve(spec.name());
        LiveNode node;
        try {
            node = maker.make(spec, used(choice), weights, written);
            register(node);
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

    private Choice used(Choice choice) {
        return (application, slot) -> {
            Source<Algorithm> source = choice.of(application, slot);
            desired.used(source);
            return source;
        };
    }

    private void register(LiveNode node) {
        try {
            services.register(node.node());
        } catch (IllegalStateException e) {
            node.close();
            throw new RefusedException("node '" + node.name() + "' was not made, the container ends", e);
        }
    }

    @Override
    public void remove(String name) {
        LiveNode node = directory.require(name);
        desired.removed(node.name());
        end(node.name());
    }

    @Override
    public void kill(String name) {
        LiveNode node = directory.require(name);
        desired.removed(node.name());
        end(node.name(), LiveNode::kill, "was ended without grace at ");
    }

    /**
     * Ends a node without a note.
     *
     * @throws RefusedException if there is none
     */
    void end(String name) {
        end(name, LiveNode::close, "no longer listens at ");
    }

    private void end(String name, Consumer<LiveNode> end, String what) {
        LiveNode node = directory.require(name);
        if (!directory.hide(node)) {
            throw new RefusedException("node '" + name + "' is already being removed");
        }
        try {
            services.unregister(node.node());
            end.accept(node);
        } finally {
            directory.release(node.name());
            events.add("node.removed", node.name(), what + node.node().id(), detail(node));
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
        attach(name, wanted);
        LiveNode node = directory.require(name);
        try {
            desired.started(node.name(), wanted);
        } catch (RefusedException e) {
            node.stop(wanted.application());
            throw e;
        }
    }

    /**
     * Starts an application without a note.
     *
     * @throws RefusedException as {@link #start} does
     */
    void attach(String name, ApplicationSpec wanted) {
        LiveNode node = directory.require(name);
        node.start(wanted, applications.lease(applications.highest(wanted.type(), Ranges.ANY)));
        event("application.started", node, wanted.application(), wanted.type() + " started");
    }

    @Override
    public void stop(String name, int application) {
        LiveNode node = directory.require(name);
        if (node.hasStarted(application)) {
            desired.stopped(node.name(), application);
        }
        if (!node.stop(application)) {
            throw new RefusedException(
                    "no application " + Integer.toUnsignedString(application) + " is started at node '" + name + "'");
        }
        event("application.stopped", node, application, "stopped on request");
    }

    @Override
    public List<String> applicationTypes() {
        return applications.all().stream().map(Source::name).distinct().toList();
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

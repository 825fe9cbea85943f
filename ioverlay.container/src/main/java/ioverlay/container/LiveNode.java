package ioverlay.container;

import ioverlay.api.Algorithm;
import ioverlay.api.Application;
import ioverlay.api.container.ApplicationSpec;
import ioverlay.api.container.Emulation;
import ioverlay.api.container.NodeSpec;
import ioverlay.api.container.NodeStatus;
import ioverlay.api.container.RefusedException;
import ioverlay.engine.Node;
import java.util.Collection;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.osgi.framework.ServiceReference;

/**
 * A node as the control plane knows it: the engine's node, its slots, its applications.
 *
 * <p><b>Threads:</b> any.
 */
final class LiveNode implements AutoCloseable {
    private final NodeSpec spec;
    private final Node node;
    private final PauseRecord pauses = new PauseRecord();
    private final Map<Integer, LiveSlot> slots = new ConcurrentSkipListMap<>(Integer::compareUnsigned);
    private final Map<Integer, Lease<Application>> applications = new ConcurrentHashMap<>();

    /** Guarded by this: what its making and commands say of its network; what algorithms changed is not in it. */
    private Emulation commanded;

    LiveNode(NodeSpec spec, Node node) {
        this.spec = spec;
        this.node = node;
        this.commanded = spec.emulation();
    }

    /** The network that its making and commands have asked for, which is to outlive it. */
    synchronized Emulation commanded() {
        return commanded;
    }

    synchronized void command(Emulation emulation) {
        commanded = emulation;
    }

    String name() {
        return spec.name();
    }

    Node node() {
        return node;
    }

    PauseRecord pauses() {
        return pauses;
    }

    Collection<LiveSlot> slots() {
        return slots.values();
    }

    /**
     * The slot of an application.
     *
     * @throws RefusedException if it has none of its own
     */
    LiveSlot slot(int application) {
        return find(application)
                .orElseThrow(() -> new RefusedException("node '" + name() + "' has no slot "
                        + Integer.toUnsignedString(application) + "; it has: "
                        + slots.keySet().stream().map(Integer::toUnsignedString).toList()));
    }

    /** The same, if there is one. */
    Optional<LiveSlot> find(int application) {
        return Optional.ofNullable(slots.get(application));
    }

    /**
     * Makes all slots of the specification.
     *
     * @param chosen who serves each
     * @param parkedLate told of a slot what {@link LiveSlot#occupied} says
     * @throws RefusedException if one cannot be served
     */
    void occupy(
            Map<Integer, Source<Algorithm>> chosen,
            Catalogue<Algorithm> catalogue,
            BiConsumer<LiveNode, LiveSlot> parkedLate) {
        Consumer<LiveSlot> parked = slot -> parkedLate.accept(this, slot);
        spec.slots()
                .forEach((application, slot) -> slots.put(
                        application,
                        LiveSlot.occupied(
                                node,
                                application,
                                slot,
                                catalogue.lease(Objects.requireNonNull(chosen.get(application))),
                                parked)));
    }

    /**
     * Attaches an application.
     *
     * @throws RefusedException if the id is taken, or it refuses; the lease is then given back
     */
    void start(ApplicationSpec wanted, Lease<Application> lease) {
        int id = wanted.application();
        if (applications.putIfAbsent(id, lease) != null) {
            lease.close();
            throw new RefusedException("application " + Integer.toUnsignedString(id) + " is already started at node '"
                    + name() + "'; stop it first");
        }
        try {
            node.attach(id, wanted.type(), lease.instance(), wanted.settings().deepCopy());
        } catch (Exception | LinkageError e) {
            // Plug-in boundary: a faulty application does not come in.
            applications.remove(id, lease);
            lease.close();
            throw new RefusedException(lease.source() + " does not begin: " + Reason.of(e), e);
        }
        if (lease.gone()) {
            stop(id);
        }
        if (applications.get(id) != lease) {
            detach(id); // it was stopped while it began
        }
    }

    boolean hasStarted(int application) {
        return applications.containsKey(application);
    }

    /** Detaches an application; false if there is none. */
    boolean stop(int application) {
        Lease<Application> lease = applications.remove(application);
        if (lease == null) {
            return false;
        }
        try {
            detach(application);
        } finally {
            lease.close();
        }
        return true;
    }

    private void detach(int application) {
        try {
            node.detach(application);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // it ends by itself; nobody waits for it any more
        }
    }

    /** Parks what a bundle took back while the node was being made, when nobody could find it yet. */
    void leaveWithdrawn() {
        slots.values().forEach(LiveSlot::leaveWithdrawn);
    }

    /** The applications that come from a service. */
    Stream<Integer> startedFrom(ServiceReference<?> reference) {
        return applications.entrySet().stream()
                .filter(entry -> entry.getValue().source().reference().equals(reference))
                .map(Map.Entry::getKey);
    }

    /** What it is doing, with what only the control plane knows. */
    NodeStatus status() {
        NodeStatus of = node.status();
        return new NodeStatus(
                name(),
                of.id(),
                of.upMillis(),
                of.upstreams(),
                of.downstreams(),
                of.slots().stream().map(this::complete).toList(),
                of.applications(),
                of.counters(),
                pauses.status(),
                of.emulation(),
                of.rates(),
                of.sessions(),
                of.lastMileBytesPerSecond(),
                spec.location(),
                spec.observer(),
                of.weights());
    }

    private NodeStatus.SlotStatus complete(NodeStatus.SlotStatus of) {
        LiveSlot slot = slots.get(of.application());
        return slot == null ? of : slot.complete(of);
    }

    /** Ends the node, then gives all instances back; idempotent. */
    @Override
    public void close() {
        ended(node::close);
    }

    /** The same without grace: neighbours hear nothing, and what is queued is lost. */
    void kill() {
        ended(node::kill);
    }

    private void ended(Runnable end) {
        try {
            end.run();
        } finally {
            slots.values().forEach(LiveSlot::close);
            applications.values().forEach(Lease::close);
        }
    }
}

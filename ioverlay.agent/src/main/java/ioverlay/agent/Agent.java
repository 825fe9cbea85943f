package ioverlay.agent;

import ioverlay.agent.line.Opening;
import ioverlay.api.NodeId;
import ioverlay.api.container.Event;
import ioverlay.api.container.Events.Subscription;
import ioverlay.api.container.NodeStatus;
import java.nio.file.Path;
import java.util.Collections;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Registers the nodes of this container with their observers, and has them obey. There is one line per observer: the one of
 * the container, and those that nodes have of their own.
 *
 * <p><b>Threads:</b> any; what happens is heard on the container's thread.
 */
final class Agent implements AutoCloseable {
    private final Services services;
    private final Opening opening;
    private final Optional<NodeId> observer;
    private final Work work = new Work();
    private final Transfers transfers;
    private final Statuses statuses;
    private final Desk desk;
    private final Map<NodeId, Uplink> uplinks = new HashMap<>();
    private final Map<String, Known> nodes = new HashMap<>();
    private final Set<Event> before = Collections.newSetFromMap(new IdentityHashMap<>());
    private final Subscription subscription;
    private boolean closed;

    private record Known(NodeId id, Optional<NodeId> observer) {}

    /**
     * Begins.
     *
     * @param observer of all nodes that have none of their own; if empty, they have none
     * @param directory for bundles on their way in
     */
    Agent(Services services, Opening opening, Optional<NodeId> observer, Path directory) {
        this.services = services;
        this.opening = opening;
        this.observer = observer;
        transfers = new Transfers(services.repository(), directory);
        statuses = new Statuses(services.nodes());
        desk = new Desk(services, work, transfers, statuses);
        synchronized (this) {
            observer.ifPresent(this::uplink);
            subscription = services.events().subscribe(this::happened);
            services.nodes().list().forEach(this::arrived);
            for (Event event : services.events().recent()) {
                before.add(event);
                pass(event);
            }
        }
    }

    private synchronized void happened(Event event) {
        if (closed) {
            return; // it was on its way
        }
        if (before.remove(event)) {
            return; // it was among the recent ones
        }
        before.clear();
        if (event.kind().equals("node.created")) {
            services.nodes().status(event.node()).ifPresent(this::arrived);
        }
        pass(event);
        if (event.kind().equals("node.removed")) {
            removed(event);
        }
    }

    private void arrived(NodeStatus node) {
        Optional<NodeId> its = node.observer().or(() -> observer);
        nodes.put(node.name(), new Known(node.id(), its));
        its.ifPresent(address -> uplink(address).arrived(node.id(), node.name()));
    }

    private void pass(Event event) {
        Known about = nodes.get(event.node());
        Optional<NodeId> its = about == null ? observer : about.observer();
        its.ifPresent(address ->
                uplink(address).happened(event, about == null ? "" : about.id().toString()));
    }

    private void removed(Event event) {
        Known about = nodes.remove(event.node());
        if (about == null || about.observer().isEmpty()) {
            return;
        }
        NodeId its = about.observer().get();
        Uplink uplink = uplink(its);
        uplink.gone(about.id());
        if (uplink.isEmpty() && observer.filter(its::equals).isEmpty()) {
            uplinks.remove(its);
            uplink.leave();
            uplink.close();
        }
    }

    private Uplink uplink(NodeId address) {
        return uplinks.computeIfAbsent(address, fresh -> {
            Uplink uplink = new Uplink(fresh, opening, desk);
            uplink.start();
            return uplink;
        });
    }

    /** The container ends, and its nodes with it: observers are told. */
    synchronized void leave() {
        uplinks.values().forEach(Uplink::leave);
    }

    /** Ends every line and thread; nodes go on. Idempotent. */
    @Override
    public void close() {
        subscription.close();
        synchronized (this) {
            closed = true;
            uplinks.values().forEach(Uplink::close);
        }
        work.close();
        statuses.close();
        transfers.close();
    }
}

package ioverlay.scenario.run;

import com.google.gson.JsonElement;
import ioverlay.api.container.ApplicationSpec;
import ioverlay.api.container.NodeStatus;
import ioverlay.api.container.RefusedException;
import ioverlay.scenario.plan.PlannedNode;
import ioverlay.scenario.plan.References;
import ioverlay.scenario.plan.Scenario;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/**
 * The nodes of a run. Ports are chosen for all of them before the first is made, so that each can be told of any other.
 *
 * <p><b>Threads:</b> any; {@link #close} once.
 */
final class Stage implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(Stage.class.getName());
    private static final int MOST_ATTEMPTS = 3;
    private static final long CLOSE_LIMIT_S = 20;

    private final Scenario scenario;
    private final Steering steering;
    private final Map<String, PlannedNode> planned = new HashMap<>();
    private final Map<String, Integer> ports = new HashMap<>();

    /** By name; a node that comes back has the port that it had. */
    private final Map<String, String> addresses = new ConcurrentHashMap<>();

    private final Map<String, String> names = new ConcurrentHashMap<>();
    private final Set<String> there = ConcurrentHashMap.newKeySet();

    Stage(Scenario scenario, Steering steering) {
        this.scenario = scenario;
        this.steering = steering;
        scenario.nodes().forEach(node -> planned.put(node.name(), node));
    }

    /**
     * Deploys, makes all nodes that are not absent, starts their applications, sources last.
     *
     * @throws RefusedException if one is refused; those that were made go away with {@link #close}
     */
    void open() throws InterruptedException {
        for (Path bundle : scenario.bundles()) {
            steering.repository().add(bundle.toUri());
        }
        List<PlannedNode> nodes =
                scenario.nodes().stream().filter(node -> !node.isAbsent()).toList();
        for (int attempt = 1; ; attempt++) {
            try {
                choosePorts();
                for (PlannedNode node : nodes) {
                    make(node);
                }
                break;
            } catch (RefusedException e) {
                // Another process may have taken one of the ports in between.
                if (attempt == MOST_ATTEMPTS || !String.valueOf(e.getMessage()).contains("port")) {
                    throw e;
                }
                removeAll();
            }
        }
        for (boolean source : new boolean[] {false, true}) {
            for (PlannedNode node : nodes) {
                node.applications().stream()
                        .filter(application -> isSource(application) == source)
                        .forEach(application -> start(node.name(), application));
            }
        }
    }

    private static boolean isSource(ApplicationSpec application) {
        return application.type().contains("source");
    }

    private void choosePorts() {
        try (Ports free = new Ports()) {
            scenario.nodes().forEach(node -> free.take(node.spec().port()));
            for (PlannedNode node : scenario.nodes()) {
                int port = node.spec().port() == 0
                        ? free.free(node.spec().address())
                        : node.spec().port();
                String address = node.spec().address() + ":" + port;
                ports.put(node.name(), port);
                addresses.put(node.name(), address);
                names.put(address, node.name());
            }
        } catch (IOException e) {
            throw new UncheckedIOException("no free port for a node", e);
        }
    }

    /** Makes a node of the scenario that is not there, and starts its applications. */
    void create(String name) {
        PlannedNode node = node(name);
        make(node);
        node.applications().forEach(application -> start(name, application));
    }

    private void make(PlannedNode node) {
        steering.nodes().create(node.specAt(ports.getOrDefault(node.name(), 0), this::resolved));
        there.add(node.name());
    }

    /** Starts an application whose settings may name nodes. */
    void start(String node, ApplicationSpec application) {
        steering.nodes()
                .start(
                        node,
                        new ApplicationSpec(
                                application.type(),
                                application.application(),
                                resolved(application.settings()).getAsJsonObject()));
    }

    void remove(String name) {
        steering.nodes().remove(name);
        there.remove(name);
    }

    void kill(String name) {
        steering.nodes().kill(name);
        there.remove(name);
    }

    /** Addresses in the place of names. */
    JsonElement resolved(JsonElement element) {
        return References.resolved(element, addresses);
    }

    private PlannedNode node(String name) {
        PlannedNode node = planned.get(name);
        if (node == null) {
            throw new RefusedException("there is no node '" + name + "' in this scenario");
        }
        return node;
    }

    /** A node's name; its address if it is none of the scenario's. */
    String name(String address) {
        return names.getOrDefault(address, address);
    }

    String address(String name) {
        return addresses.getOrDefault(name, "");
    }

    /** Of those that are there. */
    List<String> names() {
        return List.copyOf(there);
    }

    /** Empty if it has just gone. */
    Optional<NodeStatus> status(String name) {
        return steering.nodes().status(name);
    }

    /** Of those that are there. */
    List<NodeStatus> statuses() {
        return names().stream().flatMap(name -> status(name).stream()).toList();
    }

    /** Removes every node; gracefully and all at once, or if somebody waits for the end, without grace. */
    @Override
    public void close() {
        boolean hurried = Thread.interrupted();
        try {
            if (hurried) {
                there.forEach(this::killQuietly);
            } else {
                removeAll();
            }
        } catch (InterruptedException e) {
            there.forEach(this::killQuietly);
            Thread.currentThread().interrupt();
        }
        if (hurried) {
            Thread.currentThread().interrupt();
        }
    }

    private void removeAll() throws InterruptedException {
        List<Thread> threads = new ArrayList<>();
        for (String name : List.copyOf(there)) {
            threads.add(Thread.ofVirtual().name("scenario-removes-" + name).start(() -> {
                try {
                    remove(name);
                } catch (RuntimeException e) {
                    LOG.log(System.Logger.Level.DEBUG, "node " + name + " was not removed", e);
                }
            }));
        }
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(CLOSE_LIMIT_S);
        for (Thread thread : threads) {
            thread.join(Math.max(1, TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime())));
        }
        there.clear();
    }

    private void killQuietly(String name) {
        try {
            steering.nodes().kill(name);
        } catch (RuntimeException e) {
            LOG.log(System.Logger.Level.DEBUG, "node " + name + " was not ended", e);
        }
    }
}

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
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BiConsumer;

/**
 * The nodes of a run. Ports are chosen for all of them before the first is made, so that each can be told of any other.
 *
 * <p><b>Threads:</b> any; {@link #close} once.
 */
final class Stage implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(Stage.class.getName());
    private static final int MOST_ATTEMPTS = 3;
    private static final long CLOSE_LIMIT_MS = 20_000;

    /** Whoever ends this process gives it two seconds. */
    private static final long HURRIED_LIMIT_MS = 1500;

    private final Scenario scenario;
    private final Steering steering;
    private final Map<String, PlannedNode> planned = new HashMap<>();
    private final Map<String, Integer> ports = new HashMap<>();

    /** By name; a node that comes back has the port that it had. */
    private final Map<String, String> addresses = new ConcurrentHashMap<>();

    private final Map<String, String> names = new ConcurrentHashMap<>();
    private final Set<String> there = ConcurrentHashMap.newKeySet();

    /** Those that are there, and those of which it is not known. */
    private final Set<String> tried = ConcurrentHashMap.newKeySet();

    private final Map<String, String> left = new ConcurrentHashMap<>();

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
            steering.deploy(bundle);
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
                endAll(false, CLOSE_LIMIT_MS);
            }
        }
        for (boolean source : new boolean[] {false, true}) {
            for (PlannedNode node : nodes) {
                for (ApplicationSpec application : node.applications()) {
                    if (isSource(application) == source) {
                        start(node.name(), application);
                    }
                }
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
    void create(String name) throws InterruptedException {
        PlannedNode node = node(name);
        make(node);
        for (ApplicationSpec application : node.applications()) {
            start(name, application);
        }
    }

    private void make(PlannedNode node) throws InterruptedException {
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
        tried.add(node.name());
        steering.create(node.specAt(ports.getOrDefault(node.name(), 0), this::resolved), node.container());
        there.add(node.name());
    }

    /** Starts an application whose settings may name nodes. */
    void start(String node, ApplicationSpec application) throws InterruptedException {
        steering.start(
                node,
                new ApplicationSpec(
                        application.type(),
                        application.application(),
                        resolved(application.settings()).getAsJsonObject()));
    }

    void remove(String name) throws InterruptedException {
        steering.remove(name);
        gone(name);
    }

    void kill(String name) throws InterruptedException {
        steering.kill(name);
        gone(name);
    }

    private void gone(String name) {
        there.remove(name);
        tried.remove(name);
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

    /** Of those that are there, as each answers; one that has just gone is left out. */
    void statuses(BiConsumer<String, NodeStatus> seen) throws InterruptedException {
        steering.statuses(names(), seen);
    }

    /**
     * Removes every node that was made, or may have been; gracefully and all at once, or if somebody waits for the end, without
     * grace.
     */
    @Override
    public void close() {
        boolean hurried = Thread.interrupted();
        try {
            endAll(hurried, hurried ? HURRIED_LIMIT_MS : CLOSE_LIMIT_MS);
        } catch (InterruptedException e) {
            hurried = true;
            endHurriedly();
        }
        if (hurried) {
            Thread.currentThread().interrupt();
        }
    }

    private void endHurriedly() {
        try {
            endAll(true, HURRIED_LIMIT_MS);
        } catch (InterruptedException e) {
            LOG.log(System.Logger.Level.WARNING, "nodes may be left: {0}", tried);
        }
    }

    private void endAll(boolean hurried, long limitMs) throws InterruptedException {
        List<Thread> threads = new ArrayList<>();
        for (String name : List.copyOf(tried)) {
            threads.add(Thread.ofVirtual().name("scenario-removes-" + name).start(() -> end(name, hurried)));
        }
        long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(limitMs);
        try {
            for (Thread thread : threads) {
                thread.join(Math.max(1, TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime())));
            }
        } finally {
            threads.forEach(Thread::interrupt); // nobody waits for them any more
        }
    }

    private void end(String name, boolean hurried) {
        try {
            if (hurried) {
                steering.kill(name);
            } else {
                steering.remove(name);
            }
            gone(name);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            // It may have ended by itself, or never have come to be; else somebody has to know.
            there.remove(name);
            if (isThere(name)) {
                left.put(name, String.valueOf(e.getMessage()));
            }
        }
    }

    private boolean isThere(String name) {
        AtomicBoolean there = new AtomicBoolean();
        try {
            steering.statuses(List.of(name), (node, status) -> there.set(true));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return there.get();
    }

    /** The nodes that could not be removed, a sentence each; asked after {@link #close}. */
    List<String> left() {
        return left.entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .map(one -> "node " + one.getKey() + " still runs: " + one.getValue())
                .toList();
    }
}

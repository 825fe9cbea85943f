package ioverlay.agent;

import com.google.gson.JsonObject;
import ioverlay.api.Message;
import ioverlay.api.NodeId;
import ioverlay.api.container.ApplicationSpec;
import ioverlay.api.container.Emulation;
import ioverlay.api.container.Event;
import ioverlay.api.container.Events;
import ioverlay.api.container.Measurement;
import ioverlay.api.container.Network;
import ioverlay.api.container.NodeSpec;
import ioverlay.api.container.NodeStatus;
import ioverlay.api.container.NodeStatus.PauseStatus;
import ioverlay.api.container.NodeStatus.RateStatus;
import ioverlay.api.container.NodeStatus.SlotStatus;
import ioverlay.api.container.Nodes;
import ioverlay.api.container.RefusedException;
import ioverlay.api.container.Repository;
import ioverlay.api.container.ShadowReport;
import ioverlay.api.container.ShadowRequest;
import ioverlay.api.container.ShadowRun;
import ioverlay.api.container.SwapPhase;
import ioverlay.api.container.SwapRequest;
import ioverlay.api.container.SwapResult;
import ioverlay.api.container.Swaps;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** A container without nodes behind it: writes down what it is asked. */
final class FakeContainer implements Nodes, Network, Swaps, Repository, Events {
    final List<String> done = new CopyOnWriteArrayList<>();
    final List<Message> told = new CopyOnWriteArrayList<>();
    final List<NodeSpec> created = new CopyOnWriteArrayList<>();
    final Map<String, CompletableFuture<SwapResult>> swaps = new ConcurrentHashMap<>();
    final Set<String> stuck = ConcurrentHashMap.newKeySet();
    final Map<String, byte[]> bundles = new ConcurrentHashMap<>();

    private final Map<String, NodeStatus> nodes = new ConcurrentSkipListMap<>();
    private final Map<String, String> names = new ConcurrentHashMap<>();
    private final List<Consumer<Event>> listeners = new CopyOnWriteArrayList<>();
    private final Deque<Event> recent = new ConcurrentLinkedDeque<>();

    Services services() {
        return new Services(this, this, this, this, this);
    }

    @Override
    public List<String> applicationTypes() {
        return List.of("source.cbr");
    }

    /** A node is there; who listens hears of it. */
    FakeContainer with(String name, int port, Optional<NodeId> observer, int... slots) {
        List<SlotStatus> all = new ArrayList<>();
        for (int slot : slots) {
            all.add(new SlotStatus(slot, "relay", "1.0.0", "serving", 0, 0, 0, 0, 0, new JsonObject()));
        }
        names.put("127.0.0.1:" + port, name);
        nodes.put(
                name,
                new NodeStatus(
                        name,
                        NodeId.parse("127.0.0.1:" + port),
                        0,
                        List.of(),
                        List.of(),
                        all,
                        List.of(),
                        Map.of(),
                        new PauseStatus(0, 0, 0, 0),
                        Emulation.NONE,
                        RateStatus.NONE,
                        List.of(),
                        0,
                        Optional.empty(),
                        observer));
        happens("node.created", name);
        return this;
    }

    FakeContainer with(String name, int port, int... slots) {
        return with(name, port, Optional.empty(), slots);
    }

    void happens(String kind, String node) {
        Event event = new Event(Instant.EPOCH, kind, node, kind + " " + node, new JsonObject());
        recent.add(event);
        if (recent.size() > MAX_KEPT) {
            recent.remove();
        }
        listeners.forEach(listener -> listener.accept(event));
    }

    private NodeStatus require(String node) {
        return status(node).orElseThrow(() -> new RefusedException("there is no node '" + node + "'"));
    }

    @Override
    public NodeStatus create(NodeSpec spec) {
        created.add(spec);
        with(spec.name(), 7900 + created.size(), spec.observer());
        return require(spec.name());
    }

    @Override
    public void kill(String node) {
        done.add("kill " + node);
        remove(node);
    }

    @Override
    public void remove(String node) {
        String name = require(node).name();
        nodes.remove(name);
        happens("node.removed", name);
    }

    @Override
    public List<NodeStatus> list() {
        return List.copyOf(nodes.values());
    }

    @Override
    public Optional<NodeStatus> status(String node) {
        if (stuck.contains(node)) {
            try {
                new CountDownLatch(1).await(60, TimeUnit.SECONDS); // until it is interrupted
            } catch (InterruptedException e) {
                throw new IllegalStateException("interrupted while the node " + node + " was asked", e);
            }
        }
        return Optional.ofNullable(nodes.get(names.getOrDefault(node, node)));
    }

    @Override
    public void start(String node, ApplicationSpec application) {
        if (application.type().equals("none")) {
            throw new RefusedException("no application type is named 'none'");
        }
        done.add("start " + node + " " + application.type() + " " + application.application() + " "
                + application.settings());
    }

    @Override
    public void stop(String node, int application) {
        done.add("stop " + node + " " + application);
    }

    @Override
    public void tell(String node, Message message) {
        told.add(message);
    }

    @Override
    public Emulation emulate(String node, JsonObject change) {
        Emulation changed = Emulation.NONE.changed(change);
        done.add("emulate " + node + " " + change);
        return changed;
    }

    @Override
    public Measurement measure(String node, NodeId peer, boolean bandwidth) {
        return new Measurement(
                peer, OptionalDouble.of(5), bandwidth ? OptionalDouble.of(9) : OptionalDouble.empty(), "");
    }

    @Override
    public void weigh(String node, int application, NodeId upstream, int weight) {
        done.add("weigh " + node + " " + application + " " + upstream + " " + weight);
    }

    @Override
    public CompletableFuture<SwapResult> swap(SwapRequest request, Consumer<SwapPhase> progress) {
        done.add("swap " + request);
        return swaps.computeIfAbsent(request.id(), fresh -> new CompletableFuture<>());
    }

    static SwapResult switched(String node) {
        return new SwapResult(
                new SwapRequest(node, 0, "relay", "1.1.0"),
                "1.0.0",
                "1.1.0",
                SwapResult.Outcome.SWITCHED,
                SwapPhase.PROBATION,
                "relay 1.1.0 serves",
                Map.of(SwapPhase.SWITCH, Duration.ofNanos(7000)),
                Duration.ofNanos(9000),
                1,
                2);
    }

    @Override
    public CompletableFuture<SwapResult> rollback(String node, int application, String id) {
        done.add("rollback " + node + " " + application + " " + id);
        return CompletableFuture.completedFuture(switched(node));
    }

    @Override
    public ShadowRun shadow(ShadowRequest request) {
        done.add("shadow " + request.node() + " " + request.application() + " " + request.time());
        CompletableFuture<ShadowReport> report = new CompletableFuture<>();
        return new ShadowRun() {
            @Override
            public ShadowReport soFar() {
                return seen("");
            }

            @Override
            public CompletableFuture<ShadowReport> report() {
                return report.copy();
            }

            @Override
            public void stop() {
                report.complete(seen("it was stopped"));
            }

            private ShadowReport seen(String ended) {
                return new ShadowReport(
                        request, "1.0.0", "1.1.0", 1, 0, 0, 0, Duration.ZERO, Duration.ZERO, List.of(), ended);
            }
        };
    }

    @Override
    public List<String> why(String node, int application) {
        return List.of("it serves");
    }

    @Override
    public List<Offer> add(URI location) {
        return add(location, "");
    }

    @Override
    public List<Offer> add(URI location, String sha256) {
        try {
            byte[] bytes = Files.readAllBytes(Path.of(location));
            String found = sha256(bytes);
            if (!found.equals(sha256)) {
                throw new RefusedException("the bundle's digest is " + found + " and not " + sha256);
            }
            bundles.put(sha256, bytes);
            return List.of(offer(sha256));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Offer offer(String sha256) {
        return new Offer("relay", "1.1.0", "relay", 5, 0, "active", sha256);
    }

    @Override
    public List<Offer> algorithms() {
        return bundles.keySet().stream().map(FakeContainer::offer).toList();
    }

    @Override
    public List<Retired> retired() {
        return List.of(new Retired("old", "1.0.0", Instant.EPOCH, true, List.of()));
    }

    @Override
    public List<String> why(String bundle) {
        return List.of();
    }

    @Override
    public List<Event> recent() {
        return List.copyOf(recent);
    }

    @Override
    public Subscription subscribe(Consumer<Event> listener) {
        listeners.add(listener);
        return () -> listeners.remove(listener);
    }
}

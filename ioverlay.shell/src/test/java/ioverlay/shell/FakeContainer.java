package ioverlay.shell;

import com.google.gson.JsonObject;
import ioverlay.api.Message;
import ioverlay.api.NodeId;
import ioverlay.api.container.ApplicationSpec;
import ioverlay.api.container.Configurations;
import ioverlay.api.container.Emulation;
import ioverlay.api.container.Event;
import ioverlay.api.container.Events;
import ioverlay.api.container.Measurement;
import ioverlay.api.container.Network;
import ioverlay.api.container.NodeSetup;
import ioverlay.api.container.NodeSpec;
import ioverlay.api.container.NodeStatus;
import ioverlay.api.container.NodeStatus.PauseStatus;
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
import ioverlay.api.container.SwapResult.Outcome;
import ioverlay.api.container.Swaps;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/** A container in which everything happens at once, and that remembers what it was asked. */
final class FakeContainer {
    static final NodeId ID = NodeId.parse("127.0.0.1:7001");

    final List<NodeSpec> created = new ArrayList<>();
    final List<SwapRequest> swapped = new ArrayList<>();
    final List<String> asked = new ArrayList<>();
    final Map<String, NodeStatus> nodes = new TreeMap<>();
    final CompletableFuture<ShadowReport> shadow = new CompletableFuture<>();

    /** What becomes of a change of a configuration. */
    String configured = "node.configured";

    final List<Consumer<Event>> listeners = new ArrayList<>();
    final FakeLog log = new FakeLog();
    final FakeRollouts rollouts = new FakeRollouts();

    /** Nodes that serve already what a swap asks for. */
    final List<String> there = new ArrayList<>();

    /** What a swap ends with; it stays on probation while this is not complete. */
    CompletableFuture<Outcome> outcome = CompletableFuture.completedFuture(Outcome.SWITCHED);

    Container container() {
        return new Container(
                new FakeNodes(),
                new FakeNetwork(),
                new FakeSwaps(),
                new FakeRepository(),
                new FakeEvents(),
                new FakeConfigurations(),
                log,
                () -> Optional.of(rollouts),
                Optional::empty,
                List::of);
    }

    static SlotStatus slot(int application, String state, long probationMillis) {
        return new SlotStatus(
                application, "relay", "1.0.0", state, 12, 0, 0, 0, 0, new JsonObject(), "", probationMillis, 0, 0);
    }

    FakeContainer with(String name, SlotStatus... slots) {
        nodes.put(
                name,
                new NodeStatus(
                        name,
                        ID,
                        61_000,
                        List.of(),
                        List.of(),
                        List.of(slots),
                        List.of(),
                        Map.of("links.failed", 0L, "messages.lost", 3L),
                        new PauseStatus(0, 0, 0, 0)));
        return this;
    }

    private final class FakeNodes implements Nodes {
        @Override
        public NodeStatus create(NodeSpec spec) {
            created.add(spec);
            return with(spec.name()).nodes.get(spec.name());
        }

        @Override
        public void remove(String node) {
            nodes.remove(node);
        }

        @Override
        public List<NodeStatus> list() {
            return List.copyOf(nodes.values());
        }

        @Override
        public Optional<NodeStatus> status(String node) {
            return Optional.ofNullable(nodes.get(node));
        }

        @Override
        public void start(String node, ApplicationSpec application) {
            asked.add("start " + node + " " + application.type() + " " + application.settings());
        }

        @Override
        public void stop(String node, int application) {
            throw new RefusedException("node '" + node + "' has no application " + application);
        }

        @Override
        public void tell(String node, Message message) {
            asked.add("tell " + node + " 0x" + Integer.toHexString(message.type()) + " " + message.application() + " "
                    + message.sender() + " " + message.text());
        }
    }

    private final class FakeNetwork implements Network {
        @Override
        public Emulation emulate(String node, JsonObject change) {
            asked.add("emulate " + node + " " + change);
            return nodes.get(node).emulation().changed(change);
        }

        @Override
        public Measurement measure(String node, NodeId peer, boolean bandwidth) {
            asked.add("measure " + node + " " + peer + " " + bandwidth);
            return peer.equals(ID)
                    ? new Measurement(peer, OptionalDouble.of(850), OptionalDouble.of(2e6), "")
                    : new Measurement(peer, OptionalDouble.empty(), OptionalDouble.empty(), peer + " gave no answer");
        }

        @Override
        public void weigh(String node, int application, NodeId upstream, int weight) {
            asked.add("weigh " + node + " " + application + " " + upstream + " " + weight);
        }
    }

    private final class FakeSwaps implements Swaps {
        @Override
        public CompletableFuture<SwapResult> swap(SwapRequest request, Consumer<SwapPhase> progress) {
            swapped.add(request);
            if (there.contains(request.node())) {
                return CompletableFuture.completedFuture(new SwapResult(
                        request,
                        "1.1.0",
                        "1.1.0",
                        Outcome.REFUSED,
                        SwapPhase.VERIFY,
                        "the slot already serves it",
                        Map.of(),
                        Duration.ZERO,
                        0,
                        0));
            }
            progress.accept(SwapPhase.SWITCH);
            progress.accept(SwapPhase.PROBATION);
            return outcome.thenApply(end -> result(request, end));
        }

        private static SwapResult result(SwapRequest request, Outcome end) {
            return new SwapResult(
                    request,
                    "1.0.0",
                    "1.1.0",
                    end,
                    SwapPhase.PROBATION,
                    "the third call failed",
                    Map.of(SwapPhase.SWITCH, Duration.ofMillis(1)),
                    Duration.ofNanos(850_000),
                    0,
                    0);
        }

        @Override
        public CompletableFuture<SwapResult> rollback(String node, int application, String id) {
            asked.add("rollback " + node + "/" + application + id);
            outcome.complete(Outcome.RETURNED);
            return CompletableFuture.completedFuture(
                    result(new SwapRequest(node, application, "relay", "0"), Outcome.SWITCHED));
        }

        @Override
        public ShadowRun shadow(ShadowRequest request) {
            return new ShadowRun() {
                @Override
                public ShadowReport soFar() {
                    return FakeContainer.report(request);
                }

                @Override
                public CompletableFuture<ShadowReport> report() {
                    return shadow;
                }

                @Override
                public void stop() {
                    shadow.complete(FakeContainer.report(request));
                }
            };
        }

        @Override
        public List<String> why(String node, int application) {
            return List.of("slot " + application + " of " + node + " is fine");
        }
    }

    static ShadowReport report(ShadowRequest request) {
        return new ShadowReport(
                request,
                "1.0.0",
                "1.1.0",
                200,
                1,
                0,
                7,
                Duration.ofNanos(1500),
                Duration.ofNanos(2500),
                List.of(new ShadowReport.Example("data 4", List.of("to 127.0.0.1:1"), List.of())),
                "its time is up");
    }

    private final class FakeRepository implements Repository {
        @Override
        public List<Offer> add(URI location) {
            return add(location, "");
        }

        @Override
        public List<Offer> add(URI location, String sha256) {
            asked.add("add " + location + " " + sha256);
            return algorithms();
        }

        @Override
        public List<Offer> algorithms() {
            return List.of(
                    new Offer("relay", "1.0.0", "ioverlay.algo.relay", 5, 2),
                    new Offer("relay", "1.1.0", "ioverlay.algo.relay", -1, 0, "stored", "ab".repeat(32)));
        }

        @Override
        public List<Retired> retired() {
            return List.of(new Retired("my.algo", "1.0.0", Instant.EPOCH, false, List.of("the thread 'leak'")));
        }

        @Override
        public List<String> why(String bundle) {
            return List.of("bundle " + bundle + " is fine");
        }
    }

    /** Node a has a configuration, the others have none. */
    private final class FakeConfigurations implements Configurations {
        @Override
        public List<NodeSetup> list() {
            return nodes.keySet().stream().map(FakeConfigurations::setup).toList();
        }

        private static NodeSetup setup(String node) {
            boolean configured = node.equals("a");
            return new NodeSetup(
                    node,
                    configured ? NodeSetup.Source.CONFIGURATION : NodeSetup.Source.JOURNAL,
                    configured ? "ioverlay.node~a" : "",
                    List.of(
                            new NodeSetup.Setting("port", List.of("7001"), false),
                            new NodeSetup.Setting("slots", List.of("0=relay", "7=relay;versions=[1.0,2)"), false),
                            new NodeSetup.Setting("applications", List.of(), true)));
        }

        @Override
        public Optional<NodeSetup> of(String node) {
            return list().stream().filter(setup -> setup.node().equals(node)).findFirst();
        }

        @Override
        public boolean change(String node, Map<String, List<String>> changes) {
            asked.add("change " + node + " " + changes);
            if (changes.containsKey("prot")) {
                throw new RefusedException("a node has the settings [port], but no 'prot'");
            }
            JsonObject detail = new JsonObject();
            detail.addProperty("pid", "ioverlay.node~a");
            listeners.forEach(listener ->
                    listener.accept(new Event(Instant.EPOCH, configured, "a", "port 7001 is taken", detail)));
            return true;
        }
    }

    private final class FakeEvents implements Events {
        @Override
        public List<Event> recent() {
            return List.of(
                    event("node.created", "a"), event("swap", "a"), event("link.up", "b"), event("link.failed", "b"));
        }

        private Event event(String kind, String node) {
            return new Event(Instant.EPOCH, kind, node, kind + " at " + node, new JsonObject());
        }

        @Override
        public Subscription subscribe(Consumer<Event> listener) {
            listeners.add(listener);
            return () -> listeners.remove(listener);
        }
    }
}

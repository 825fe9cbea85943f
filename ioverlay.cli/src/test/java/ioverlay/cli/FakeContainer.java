package ioverlay.cli;

import com.google.gson.JsonObject;
import ioverlay.api.Message;
import ioverlay.api.NodeId;
import ioverlay.api.container.ApplicationSpec;
import ioverlay.api.container.Event;
import ioverlay.api.container.Events;
import ioverlay.api.container.NodeSpec;
import ioverlay.api.container.NodeStatus;
import ioverlay.api.container.NodeStatus.ApplicationStatus;
import ioverlay.api.container.NodeStatus.PauseStatus;
import ioverlay.api.container.NodeStatus.SlotStatus;
import ioverlay.api.container.Nodes;
import ioverlay.api.container.RefusedException;
import ioverlay.api.container.Repository;
import ioverlay.api.container.ShadowRequest;
import ioverlay.api.container.ShadowRun;
import ioverlay.api.container.SwapPhase;
import ioverlay.api.container.SwapRequest;
import ioverlay.api.container.SwapResult;
import ioverlay.api.container.SwapResult.Outcome;
import ioverlay.api.container.Swaps;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/** A container whose file flows evenly along a {@link Ticker}, and whose swaps end at once. */
final class FakeContainer implements Nodes, Swaps, Repository, Events {
    private static final int FIRST_PORT = 7001;
    private static final int MESSAGES = 10;

    final List<NodeSpec> created = new ArrayList<>();
    final List<SwapRequest> requested = new ArrayList<>();
    final List<URI> added = new ArrayList<>();
    final Map<String, ApplicationSpec> started = new HashMap<>();

    /** What it says has happened. */
    final List<Event> events = new ArrayList<>();

    /** What becomes of the swaps from now on. */
    Outcome outcome = Outcome.SWITCHED;

    /** The node whose sink gets nothing, or the empty text. */
    String cutOff = "";

    /** The node whose copy is not the file, or the empty text. */
    String corrupt = "";

    private final Ticker ticker;
    private final Map<String, String> versions = new HashMap<>();
    private long beganAt;

    FakeContainer(Ticker ticker) {
        this.ticker = ticker;
    }

    Steering steering() {
        return new Steering(this, this, this, this);
    }

    /** The settings of a node's slot. */
    JsonObject settings(String node) {
        return spec(node).orElseThrow().slots().get(1).settings();
    }

    private Optional<NodeSpec> spec(String node) {
        return created.stream().filter(spec -> spec.name().equals(node)).findFirst();
    }

    @Override
    public NodeStatus create(NodeSpec spec) {
        created.add(spec);
        versions.put(spec.name(), "1.0.0");
        return status(spec);
    }

    @Override
    public void remove(String node) {
        created.removeIf(spec -> spec.name().equals(node));
    }

    @Override
    public List<NodeStatus> list() {
        return created.stream().map(this::status).toList();
    }

    @Override
    public Optional<NodeStatus> status(String node) {
        return spec(node).map(this::status);
    }

    private NodeStatus status(NodeSpec spec) {
        String version = versions.getOrDefault(spec.name(), "");
        SlotStatus slot = new SlotStatus(1, "relay", version, "serving", 0, 0, 0, 0, 0, new JsonObject());
        return new NodeStatus(
                spec.name(),
                NodeId.parse("127.0.0.1:" + (FIRST_PORT + created.indexOf(spec))),
                0,
                List.of(),
                List.of(),
                List.of(slot),
                started.containsKey(spec.name()) ? List.of(application(spec.name())) : List.of(),
                Map.of(),
                new PauseStatus(0, 0, 0, 0));
    }

    private ApplicationStatus application(String node) {
        String type = started.get(node).type();
        boolean isSource = type.equals("file.source");
        String state = isSource && part() < 1 ? "running" : "finished";
        JsonObject detail = isSource ? counts(part()) : sink(node);
        return new ApplicationStatus(1, type, state, 0, 0, 0, 0, 0, "", detail);
    }

    private JsonObject counts(double part) {
        JsonObject detail = new JsonObject();
        detail.addProperty("bytes", (long) (size() * part));
        detail.addProperty("messages", (long) (MESSAGES * part));
        return detail;
    }

    private JsonObject sink(String node) {
        double part = node.equals(cutOff) ? 0 : part();
        JsonObject detail = counts(part);
        detail.addProperty("duplicated", 0);
        detail.addProperty("reordered", 0);
        detail.addProperty("failure", "");
        detail.addProperty("state", part < 1 ? "receiving" : "intact");
        if (part >= 1) {
            copyTo(node);
        }
        return detail;
    }

    private void copyTo(String node) {
        Path copy = Path.of(started.get(node).settings().get("path").getAsString());
        try {
            if (Files.isDirectory(copy.getParent()) && !Files.exists(copy)) {
                Files.write(copy, node.equals(corrupt) ? new byte[] {1} : Files.readAllBytes(file()));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Path file() {
        return Path.of(started.get("n1").settings().get("path").getAsString());
    }

    private long size() {
        return started.containsKey("n1") && started.get("n1").settings().has("path")
                ? file().toFile().length()
                : 0;
    }

    private double part() {
        if (!started.containsKey("n1") || !started.get("n1").settings().has("millis")) {
            return 0;
        }
        long nanos = Duration.ofMillis(
                        started.get("n1").settings().get("millis").getAsLong())
                .toNanos();
        return Math.min(1, (double) (ticker.now() - beganAt) / nanos);
    }

    @Override
    public void start(String node, ApplicationSpec application) {
        started.put(node, application);
        beganAt = ticker.now();
    }

    @Override
    public void stop(String node, int application) {
        started.remove(node);
    }

    @Override
    public void tell(String node, Message message) {
        throw new RefusedException("nobody listens");
    }

    @Override
    public CompletableFuture<SwapResult> rollback(String node, int application, String id) {
        throw new RefusedException("nothing to go back to");
    }

    @Override
    public ShadowRun shadow(ShadowRequest request) {
        throw new RefusedException("nothing casts a shadow");
    }

    @Override
    public List<String> why(String node, int application) {
        return List.of();
    }

    @Override
    public List<Offer> add(URI location, String sha256) {
        return add(location);
    }

    @Override
    public List<Retired> retired() {
        return List.of();
    }

    @Override
    public List<String> why(String bundle) {
        return List.of();
    }

    @Override
    public CompletableFuture<SwapResult> swap(SwapRequest request, Consumer<SwapPhase> progress) {
        requested.add(request);
        String from = versions.getOrDefault(request.node(), "1.0.0");
        String to = request.versions().equals("[1.1,1.2)") ? "1.1.0" : "1.0.0";
        if (outcome == Outcome.SWITCHED) {
            versions.put(request.node(), to);
        }
        Duration pause = Duration.ofNanos(850_000);
        return CompletableFuture.completedFuture(new SwapResult(
                request, from, to, outcome, SwapPhase.RETIRE, "as the test wants it", Map.of(), pause, 0, 0));
    }

    @Override
    public List<Offer> add(URI location) {
        added.add(location);
        return List.of();
    }

    @Override
    public List<Offer> algorithms() {
        return List.of();
    }

    @Override
    public List<Event> recent() {
        return List.copyOf(events);
    }

    @Override
    public Subscription subscribe(Consumer<Event> listener) {
        return () -> {};
    }
}

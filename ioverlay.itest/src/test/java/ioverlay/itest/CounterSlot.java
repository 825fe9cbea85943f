package ioverlay.itest;

import ioverlay.api.Algorithm;
import ioverlay.api.Message;
import ioverlay.api.MessageType;
import ioverlay.api.NodeId;
import ioverlay.api.container.Event;
import ioverlay.api.container.NodeSpec;
import ioverlay.api.container.NodeStatus.SlotStatus;
import ioverlay.api.container.Probation;
import ioverlay.api.container.SlotSpec;
import ioverlay.api.container.SwapRequest;
import ioverlay.api.container.SwapResult;
import ioverlay.itest.algorithms.Counter;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.osgi.framework.BundleException;

/** A container with node {@code a}, whose slot 5 counts custom commands with counter 1.0.0. */
final class CounterSlot implements AutoCloseable {
    static final int SLOT = 5;

    /** Long enough to do something meanwhile. */
    static final Probation LONG = Probation.STANDARD.lasting(Duration.ofSeconds(60));

    /** Short enough to wait for its end. */
    static final Probation SHORT = Probation.STANDARD.lasting(Duration.ofMillis(200));

    final LiveContainer container;
    private final Path directory;

    CounterSlot(Path directory, Map<String, String> properties) throws Exception {
        this.directory = directory;
        container = LiveContainer.with(properties, bundle("counter", "1.0.0", Counter.class));
        container.nodes().create(NodeSpec.named("a").withSlot(SLOT, SlotSpec.of("counter")));
    }

    private Path bundle(String name, String version, Class<? extends Algorithm> type) throws Exception {
        return TestBundle.of(name, version).algorithm(name, type).write(directory);
    }

    /** Brings another version of the counter, which is another class if need be. */
    void deploy(String version, Class<? extends Algorithm> type) throws Exception {
        container.repository().add(bundle("counter", version, type).toUri());
    }

    SwapRequest to(String version) {
        return new SwapRequest("a", SLOT, "counter", "[" + version + "," + version + "]");
    }

    CompletableFuture<SwapResult> begin(String version, Probation probation) {
        return container.swaps().swap(to(version).withProbation(probation));
    }

    SwapResult swap(String version, Probation probation) throws Exception {
        return result(begin(version, probation));
    }

    /** Begins a swap and waits until the version is on probation. */
    CompletableFuture<SwapResult> onProbation(String version) {
        CompletableFuture<SwapResult> swap = begin(version, LONG);
        Await.until(version + " is on probation", () -> slot().probationMillis() > 0);
        return swap;
    }

    SwapResult rollback() throws Exception {
        return result(container.swaps().rollback("a", SLOT, ""));
    }

    static SwapResult result(CompletableFuture<SwapResult> swap) throws Exception {
        return swap.get(30, TimeUnit.SECONDS);
    }

    /** Has one more counted. */
    void count() {
        count("a");
    }

    /** The same at another node. */
    void count(String node) {
        NodeId id = container.nodes().status(node).orElseThrow().id();
        container
                .nodes()
                .tell(
                        node,
                        Message.builder(id, MessageType.CUSTOM)
                                .application(SLOT)
                                .build());
    }

    /** Has so many more counted, and waits until there are so many in all. */
    void count(int more, int total) {
        for (int at = 0; at < more; at++) {
            count();
        }
        awaitCount(total);
    }

    void awaitCount(int total) {
        Await.until(
                total + " are counted",
                () -> slot().detail().has("count")
                        && slot().detail().get("count").getAsInt() == total);
    }

    SlotStatus slot() {
        return container.nodes().status("a").orElseThrow().slots().getFirst();
    }

    void awaitServing(String version) {
        Await.until(
                version + " serves",
                () -> slot().state().equals("serving") && slot().version().equals(version));
    }

    List<String> sentences(String kind) {
        return container.events().recent().stream()
                .filter(event -> event.kind().equals(kind))
                .map(Event::sentence)
                .toList();
    }

    void awaitEvent(String kind, String part) {
        Await.until(
                kind + " with " + part, () -> sentences(kind).stream().anyMatch(sentence -> sentence.contains(part)));
    }

    @Override
    public void close() throws BundleException, IOException {
        container.close();
    }
}

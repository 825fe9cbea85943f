package ioverlay.bench;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import ioverlay.api.container.ApplicationSpec;
import ioverlay.api.container.NodeSpec;
import ioverlay.api.container.NodeStatus;
import ioverlay.api.container.NodeStatus.ApplicationStatus;
import ioverlay.api.container.Nodes;
import ioverlay.api.container.SlotSpec;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;

/**
 * Five live nodes: two upstreams send back to back to one in the middle, which sends everything on to two downstreams.
 *
 * <pre>
 * up1 ─┐        ┌─ down1
 *      ├─ middle ┤
 * up2 ─┘        └─ down2
 * </pre>
 *
 * <p><b>Threads:</b> one.
 */
final class Crossing implements AutoCloseable {
    /** The only application. */
    static final int APPLICATION = 1;

    /** The node whose algorithm is replaced. */
    static final String MIDDLE = "middle";

    private static final List<String> UPSTREAMS = List.of("up1", "up2");
    private static final List<String> DOWNSTREAMS = List.of("down1", "down2");
    private static final Duration DRAIN_LIMIT = Duration.ofSeconds(30);
    private static final long LOOK_EVERY_MS = 10;

    private final Nodes nodes;
    private final Valve valve;
    private final Map<String, String> ids = new HashMap<>();

    /**
     * Makes the nodes, in a version of the relay; the sinks wait.
     *
     * @param versions of the relay at all nodes
     */
    Crossing(Steering steering, String versions) {
        nodes = steering.nodes();
        valve = steering.valve();
        DOWNSTREAMS.forEach(name -> create(name, versions, List.of(), true));
        create(MIDDLE, versions, DOWNSTREAMS, false);
        UPSTREAMS.forEach(name -> create(name, versions, List.of(MIDDLE), false));
        DOWNSTREAMS.forEach(
                name -> nodes.start(name, new ApplicationSpec("sink.counting", APPLICATION, new JsonObject())));
    }

    private void create(String name, String versions, List<String> next, boolean deliver) {
        JsonArray hops = new JsonArray();
        next.forEach(hop -> hops.add(id(hop)));
        JsonObject settings = new JsonObject();
        settings.add("next", hops);
        settings.addProperty("deliver", deliver);
        SlotSpec slot = SlotSpec.of("relay").withVersions(versions).withSettings(settings);
        ids.put(
                name,
                nodes.create(NodeSpec.named(name).withSlot(APPLICATION, slot))
                        .id()
                        .toString());
    }

    private String id(String node) {
        return Objects.requireNonNull(ids.get(node), node);
    }

    /** Lets both sources send without end. */
    void send(int payloadBytes) {
        JsonObject settings = new JsonObject();
        settings.addProperty("payload", payloadBytes);
        valve.open();
        UPSTREAMS.forEach(name -> nodes.start(name, new ApplicationSpec("source.valved", APPLICATION, settings)));
    }

    /** Messages that have arrived by now, at both downstreams together. */
    long delivered() {
        return DOWNSTREAMS.stream()
                .mapToLong(name -> application(name).consumed())
                .sum();
    }

    /** The same in bytes, headers included. */
    long deliveredBytes() {
        return DOWNSTREAMS.stream()
                .mapToLong(name -> application(name).consumedBytes())
                .sum();
    }

    /**
     * Stops the sources, waits until everything has arrived, and counts. What has not arrived within 30 s is lost.
     *
     * @throws FailedException if an application has failed
     */
    Ledger settle() throws InterruptedException {
        valve.close();
        long deadline = System.nanoTime() + DRAIN_LIMIT.toNanos();
        while (System.nanoTime() - deadline < 0 && !isDrained()) {
            TimeUnit.MILLISECONDS.sleep(LOOK_EVERY_MS);
        }
        Ledger all = Ledger.NOTHING;
        for (String source : UPSTREAMS) {
            long sent = application(source).produced();
            for (String sink : DOWNSTREAMS) {
                all = all.plus(link(sent, id(source), application(sink)));
            }
        }
        return all;
    }

    private boolean isDrained() {
        List<ApplicationStatus> sources =
                UPSTREAMS.stream().map(this::application).toList();
        long sent = sources.stream().mapToLong(ApplicationStatus::produced).sum();
        return sources.stream().allMatch(source -> source.state().equals("finished"))
                && DOWNSTREAMS.stream().allMatch(sink -> application(sink).consumed() >= sent);
    }

    private static Ledger link(long sent, String source, ApplicationStatus sink) {
        JsonObject counts = sink.detail().getAsJsonObject("originators").getAsJsonObject(source);
        if (counts == null) {
            return new Ledger(sent, 0, 0, 0);
        }
        return new Ledger(
                sent,
                counts.get("delivered").getAsLong(),
                counts.get("duplicated").getAsLong(),
                counts.get("reordered").getAsLong());
    }

    private ApplicationStatus application(String node) {
        NodeStatus status = nodes.status(node).orElseThrow(() -> new FailedException("the node " + node + " is gone"));
        ApplicationStatus application = status.applications().getFirst();
        if (application.state().equals("failed")) {
            throw new FailedException(application.type() + " at " + node + " failed: " + application.failure());
        }
        return application;
    }

    @Override
    public void close() {
        valve.close();
        ids.keySet().forEach(nodes::remove);
    }
}

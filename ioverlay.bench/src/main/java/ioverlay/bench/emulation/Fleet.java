package ioverlay.bench.emulation;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import ioverlay.api.NodeId;
import ioverlay.api.container.ApplicationSpec;
import ioverlay.api.container.Emulation;
import ioverlay.api.container.Network;
import ioverlay.api.container.NodeSpec;
import ioverlay.api.container.Nodes;
import ioverlay.api.container.SlotSpec;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * The nodes that a batch of measurements uses; they end with it, all at once.
 *
 * <p><b>Threads:</b> one.
 */
final class Fleet implements AutoCloseable {
    private final Nodes nodes;
    private final Network network;
    private final Gauges gauges;
    private final Map<String, NodeId> ids = new LinkedHashMap<>();

    Fleet(Nodes nodes, Network network, Gauges gauges) {
        this.nodes = nodes;
        this.network = network;
        this.gauges = gauges;
    }

    /** A node that passes everything on to others, or delivers it if there are none. */
    NodeId relay(String name, Emulation emulation, NodeId... next) {
        return create(NodeSpec.named(name).withEmulation(emulation), next);
    }

    /** Makes a node anew at its address, in another network. */
    void renew(String name, Emulation emulation) {
        NodeId id = id(name);
        nodes.remove(name);
        create(NodeSpec.named(name)
                .withAddress(
                        id.socketAddress().getHostString(), id.socketAddress().getPort())
                .withEmulation(emulation));
    }

    private NodeId create(NodeSpec spec, NodeId... next) {
        JsonArray hops = new JsonArray();
        for (NodeId hop : next) {
            hops.add(hop.toString());
        }
        JsonObject settings = new JsonObject();
        settings.add("next", hops);
        settings.addProperty("deliver", next.length == 0);
        NodeId id = nodes.create(spec.withSlot(0, SlotSpec.of("relay").withSettings(settings)))
                .id();
        ids.put(spec.name(), id);
        return id;
    }

    /** Lets a node receive. */
    Gauge sink(String name, int application) {
        nodes.start(name, new ApplicationSpec("sink.gauged", application, new JsonObject()));
        return gauges.at(id(name), application);
    }

    /** Lets a node send. */
    void source(String name, int application, int payloadBytes, long perSecond) {
        JsonObject settings = new JsonObject();
        settings.addProperty("payload", payloadBytes);
        settings.addProperty("perSecond", perSecond);
        nodes.start(name, new ApplicationSpec("source.stamped", application, settings));
    }

    /** Changes a node's network while it runs. */
    void emulate(String name, JsonObject change) {
        network.emulate(name, change);
    }

    void weigh(String name, int application, NodeId upstream, int weight) {
        network.weigh(name, application, upstream, weight);
    }

    NodeId id(String name) {
        return Objects.requireNonNull(ids.get(name), name);
    }

    /** Messages that a node's links say were lost by emulation. */
    long lostOnPurpose(String name) {
        return nodes.status(name).stream()
                .flatMap(status -> status.downstreams().stream())
                .mapToLong(link -> link.lostMessages())
                .sum();
    }

    /** Ends all nodes side by side: each drains for two seconds at most. */
    @Override
    public void close() {
        List<Callable<Void>> ends = new ArrayList<>();
        ids.keySet()
                .forEach(name -> ends.add(() -> {
                    nodes.remove(name);
                    return null;
                }));
        try (ExecutorService all = Executors.newVirtualThreadPerTaskExecutor()) {
            all.invokeAll(ends);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        ids.values().forEach(gauges::forget);
        ids.clear();
    }
}

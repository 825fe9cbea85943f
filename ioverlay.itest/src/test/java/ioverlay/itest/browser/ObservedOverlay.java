package ioverlay.itest.browser;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import ioverlay.api.NodeId;
import ioverlay.api.container.ApplicationSpec;
import ioverlay.api.container.Location;
import ioverlay.api.container.NodeSpec;
import ioverlay.api.container.SlotSpec;
import ioverlay.itest.Addresses;
import ioverlay.itest.Await;
import ioverlay.itest.Jars;
import ioverlay.itest.LiveContainer;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleException;

/** Real nodes that form a tree, with their observer and its web server, in one container. */
final class ObservedOverlay implements AutoCloseable {
    /** The application that the tree carries. */
    static final int APPLICATION = 1;

    static final int BYTES_PER_SECOND = 400_000;

    private static final List<Location> PLACES = List.of(
            new Location(43.65, -79.38, "Toronto"),
            new Location(37.87, -122.27, "Berkeley"),
            new Location(51.51, -0.13, "London"),
            new Location(47.61, -122.33, "Seattle"),
            new Location(30.27, -97.74, "Austin"),
            new Location(47.37, 8.54, "Zürich"),
            new Location(-26.2, 28.05, "Johannesburg"),
            new Location(35.68, 139.69, "Tokyo"),
            new Location(-33.87, 151.21, "Sydney"),
            new Location(19.43, -99.13, "Mexico City"),
            new Location(-23.55, -46.63, "São Paulo"),
            new Location(12.97, 77.59, "Bengaluru"));

    private final LiveContainer container;
    private final HttpClient client = HttpClient.newHttpClient();

    private ObservedOverlay(LiveContainer container) {
        this.container = container;
    }

    /** Boots one whose observer keeps its data there. */
    static ObservedOverlay in(Path data) throws Exception {
        LiveContainer container = LiveContainer.observed(Jars.ours("ioverlay.algo.relay"), Jars.ours("ioverlay.app"));
        ObservedOverlay overlay = new ObservedOverlay(container);
        String listen = Addresses.text(Addresses.ofItsOwn());
        container.configure("ioverlay.observer", Map.of("listen", listen, "data", data.toString()));
        container.configure("ioverlay.agent", Map.of("observer", listen));
        Await.until("the observer answers", overlay::answers);
        return overlay;
    }

    LiveContainer container() {
        return container;
    }

    URI web() {
        return container.web();
    }

    /**
     * Makes nodes n1 to nN, each at a place, n1 the root and each one's children 2i and 2i + 1, and data that flows.
     *
     * @param placed how many of the first have a location
     * @param places how many places there are; they are dealt out again and again
     */
    Map<String, NodeId> tree(int nodes, int placed, int places) {
        Map<String, NodeId> ids = new HashMap<>();
        for (int i = nodes; i >= 1; i--) {
            JsonArray next = new JsonArray();
            for (int child = 2 * i; child <= Math.min(nodes, 2 * i + 1); child++) {
                next.add(ids.get("n" + child).toString());
            }
            JsonObject settings = new JsonObject();
            settings.add("next", next);
            NodeSpec spec = NodeSpec.named("n" + i)
                    .withSlot(APPLICATION, SlotSpec.of("relay").withSettings(settings));
            if (i <= placed) {
                spec = spec.withLocation(PLACES.get((i - 1) % places));
            }
            ids.put("n" + i, container.nodes().create(spec).id());
            if (2 * i > nodes) {
                start("n" + i, "sink.counting", new JsonObject());
            }
        }
        return ids;
    }

    /** Starts the source at the root. */
    void flow() {
        JsonObject settings = new JsonObject();
        settings.addProperty("bytesPerSecond", BYTES_PER_SECOND);
        settings.addProperty("payload", 1000);
        start("n1", "source.cbr", settings);
    }

    private void start(String node, String type, JsonObject settings) {
        container.nodes().start(node, new ApplicationSpec(type, APPLICATION, settings));
    }

    /** Ends the observer and its web server; the nodes go on. */
    void stopObserver() throws BundleException {
        bundle("ioverlay.observer").stop();
        bundle("org.apache.felix.http.jetty12").stop();
    }

    /** Has them again, at the same addresses. */
    void startObserver() throws BundleException {
        bundle("org.apache.felix.http.jetty12").start();
        bundle("ioverlay.observer").start();
    }

    private Bundle bundle(String name) {
        return container.bundles(name).findFirst().orElseThrow();
    }

    private boolean answers() {
        try {
            return client.send(
                                    HttpRequest.newBuilder(web().resolve("api/nodes"))
                                            .build(),
                                    BodyHandlers.discarding())
                            .statusCode()
                    == 200;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    @Override
    public void close() throws BundleException, IOException {
        client.close();
        container.close();
    }
}

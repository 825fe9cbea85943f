package ioverlay.itest;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import ioverlay.api.container.ApplicationSpec;
import ioverlay.api.container.Emulation;
import ioverlay.api.container.NodeSpec;
import ioverlay.api.container.NodeStatus.ApplicationStatus;
import ioverlay.api.container.NodeStatus.SlotStatus;
import ioverlay.api.container.Probation;
import ioverlay.api.container.SlotSpec;
import ioverlay.api.container.SwapRequest;
import ioverlay.api.container.SwapResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.osgi.framework.BundleException;

/** Real nodes that are in several stress-aware trees at once, one for each session, and record the streams that come. */
final class StreamGrove implements AutoCloseable {
    private static final Probation SHORT = Probation.STANDARD.lasting(Duration.ofMillis(1));
    private static final long SWAP_LIMIT_S = 30;

    private final LiveContainer container;
    private final List<Integer> sessions;
    private final String partner;
    private final Map<String, String> names = new HashMap<>();
    private final List<String> receivers = new ArrayList<>();
    private String root = "";

    /** A container with nothing but the partner of all who measure their last miles. */
    StreamGrove(List<Integer> sessions) throws Exception {
        this.sessions = List.copyOf(sessions);
        container = LiveContainer.with(Jars.ours("ioverlay.algo.tree"), Jars.ours("ioverlay.app"));
        partner = container.nodes().create(NodeSpec.named("partner")).id().toString();
    }

    /** Makes the root of all trees. */
    void plant(String name, long total) {
        root = create(name, total, new JsonArray());
    }

    /** Makes a node that joins all of them, and waits until it is there. */
    void grow(String name, long total) {
        JsonArray hosts = new JsonArray();
        hosts.add(root);
        create(name, total, hosts);
        receivers.add(name);
        for (int session : sessions) {
            Await.until(name + " is in tree " + session, () -> isIn(detail(name, session)));
        }
    }

    private static boolean isIn(JsonObject tree) {
        return tree.get("rooted").getAsBoolean() && tree.get("rate").getAsDouble() > 0;
    }

    private String create(String name, long total, JsonArray hosts) {
        JsonObject settings = new JsonObject();
        settings.addProperty("probe", partner);
        settings.addProperty("join", true);
        settings.addProperty("source", hosts.isEmpty());
        settings.addProperty("deliver", !hosts.isEmpty());
        settings.add("hosts", hosts);
        JsonObject cap = new JsonObject();
        cap.addProperty("total", total);
        NodeSpec spec = NodeSpec.named(name).withEmulation(Emulation.NONE.changed(cap));
        for (int session : sessions) {
            SlotSpec slot = SlotSpec.of("tree.stress").withVersions("[1.0,2)").withSettings(settings);
            spec = spec.withSlot(session, slot);
        }
        String id = container.nodes().create(spec).id().toString();
        names.put(id, name);
        return id;
    }

    /** Has each receiver that is there record a session into that folder, as NAME.ts. */
    void record(int session, Path folder) {
        for (String receiver : receivers) {
            start(receiver, session, "record", folder.resolve(receiver + ".ts").toString());
        }
    }

    /** Starts the application at a node. */
    void start(String node, int session, String setting, String value) {
        JsonObject settings = new JsonObject();
        settings.addProperty(setting, value);
        container.nodes().start(node, new ApplicationSpec("stream", session, settings));
    }

    /** The first of these that has children in all trees; the last if none has. */
    String inner(List<String> candidates) {
        return candidates.stream()
                .filter(name -> sessions.stream()
                        .allMatch(session -> receivers.stream().anyMatch(child -> isBelow(child, name, session))))
                .findFirst()
                .orElse(candidates.getLast());
    }

    /** Who gets a session by way of that node. */
    List<String> below(String node, int session) {
        return receivers.stream().filter(each -> isBelow(each, node, session)).toList();
    }

    private boolean isBelow(String node, String above, int session) {
        String at = node;
        for (int hops = 0; hops <= names.size() && names.containsValue(at); hops++) {
            at = names.getOrDefault(detail(at, session).get("parent").getAsString(), "");
            if (at.equals(above)) {
                return true;
            }
        }
        return false;
    }

    /** Ends a node as if its process had died. */
    void kill(String node) {
        container.nodes().kill(node);
        receivers.remove(node);
    }

    /** Takes all nodes over to version 2.0 of the trees, one after the other; what went wrong, in sentences. */
    List<String> improve() throws Exception {
        container.repository().add(Jars.tree2().toUri());
        List<String> failures = new ArrayList<>();
        for (String node : nodes()) {
            for (int session : sessions) {
                SwapResult result = container
                        .swaps()
                        .swap(new SwapRequest(node, session, "tree.stress", "[2,3)").withProbation(SHORT))
                        .get(SWAP_LIMIT_S, TimeUnit.SECONDS);
                if (result.outcome() != SwapResult.Outcome.SWITCHED) {
                    failures.add(result.sentence());
                }
            }
        }
        return failures;
    }

    private List<String> nodes() {
        List<String> all = new ArrayList<>(receivers);
        all.addFirst(names.get(root));
        return all;
    }

    /** Waits until each receiver has shown so many more pictures of each session. */
    void shows(int more) {
        Map<String, Long> before = pictures();
        Await.until(
                more + " more pictures everywhere than " + before,
                () -> pictures().entrySet().stream()
                        .allMatch(now -> now.getValue() >= before.get(now.getKey()) + more));
    }

    private Map<String, Long> pictures() {
        return counts("pictures");
    }

    /** A count of the application at each receiver, by session and receiver. */
    Map<String, Long> counts(String what) {
        Map<String, Long> all = new HashMap<>();
        for (String receiver : receivers) {
            for (ApplicationStatus each : applications(receiver)) {
                all.put(
                        each.application() + " at " + receiver,
                        each.detail().get(what).getAsLong());
            }
        }
        return all;
    }

    /** Ends a session at all receivers: the recordings are whole, and none is left out. */
    void stop(int session) {
        receivers.forEach(receiver -> container.nodes().stop(receiver, session));
    }

    /** Moves recordings of some into a folder below. */
    static void set(Path folder, List<String> apart, String name) throws Exception {
        Path below = Files.createDirectories(folder.resolve(name));
        for (String each : apart) {
            Files.move(folder.resolve(each + ".ts"), below.resolve(each + ".ts"));
        }
    }

    private List<ApplicationStatus> applications(String node) {
        return container.nodes().status(node).orElseThrow().applications();
    }

    private JsonObject detail(String node, int session) {
        return container.nodes().status(node).orElseThrow().slots().stream()
                .filter(slot -> slot.application() == session)
                .map(SlotStatus::detail)
                .findFirst()
                .orElseThrow();
    }

    @Override
    public void close() throws BundleException, IOException {
        container.close();
    }
}

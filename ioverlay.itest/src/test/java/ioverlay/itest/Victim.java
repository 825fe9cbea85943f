package ioverlay.itest;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import ioverlay.api.container.ApplicationSpec;
import ioverlay.api.container.NodeSpec;
import ioverlay.api.container.NodeStatus;
import ioverlay.api.container.Probation;
import ioverlay.api.container.SlotSpec;
import ioverlay.api.container.SwapPhase;
import ioverlay.api.container.SwapRequest;
import ioverlay.api.container.SwapResult;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.osgi.framework.FrameworkUtil;

/**
 * A container in a process of its own, made to be killed. It opens its data directory, says what came back, repeats the
 * command that it is told to, and then swaps for ever under traffic, saying what it asks for and what was answered.
 *
 * <p>Arguments: the data directory; a phase at which to stand still, or {@code -}; then, if wanted, the id, node and versions
 * of a command to repeat.
 */
final class Victim {
    static final String[] NODES = {"n2", "n1", "n0"};

    private static final int SESSION = 7;

    /** Nobody else's: its ports are free again when it is killed, and must stay so until it is back. */
    private static final String ADDRESS = "127.88.0.1";

    private static final Probation SHORT = new Probation(Duration.ofMillis(20), 3, 0);

    private final LiveContainer container;
    private final String stillAt;

    private Victim(LiveContainer container, String stillAt) {
        this.container = container;
        this.stillAt = stillAt;
    }

    public static void main(String[] arguments) throws Exception {
        LiveContainer container =
                LiveContainer.with(Map.of(), Jars.ours("ioverlay.algo.relay"), Jars.ours("ioverlay.app"));
        container
                .configurations()
                .getConfiguration("ioverlay.data", "?")
                .update(FrameworkUtil.asDictionary(
                        Map.of("directory", Path.of(arguments[0]).toString())));
        Await.until(
                "data.opened",
                () -> container.events().recent().stream()
                        .anyMatch(event -> event.kind().equals("data.opened")));
        Victim victim = new Victim(container, arguments[1]);
        victim.say("NODES " + victim.nodes());
        if (arguments.length > 2) {
            SwapResult again = victim.swap(arguments[3], arguments[4], arguments[2]);
            victim.say("AGAIN " + arguments[2] + " " + again.outcome() + " " + again.to() + " swaps="
                    + container
                            .nodes()
                            .status(arguments[3])
                            .orElseThrow()
                            .slots()
                            .getFirst()
                            .swaps());
        }
        victim.makeNodes();
        victim.swapForEver();
    }

    private void say(String line) {
        System.out.println(line);
        System.out.flush();
    }

    private String nodes() {
        StringBuilder text = new StringBuilder();
        for (NodeStatus node : container.nodes().list()) {
            text.append(node.name())
                    .append('=')
                    .append(node.id())
                    .append('=')
                    .append(node.slots().getFirst().version())
                    .append(' ');
        }
        return text.toString().strip();
    }

    private void makeNodes() {
        if (container.nodes().list().size() == NODES.length) {
            say("READY");
            return;
        }
        container.repository().add(Jars.relay11().toUri());
        JsonArray next = new JsonArray();
        for (String name : NODES) {
            if (container.nodes().status(name).isEmpty()) {
                JsonObject settings = new JsonObject();
                settings.add("next", next);
                container
                        .nodes()
                        .create(NodeSpec.named(name)
                                .withAddress(ADDRESS, 0)
                                .withSlot(
                                        SESSION,
                                        SlotSpec.of("relay")
                                                .withVersions("[1.0,2)")
                                                .withSettings(settings)));
            }
            next = new JsonArray();
            next.add(container.nodes().status(name).orElseThrow().id().toString());
        }
        start("n2", "sink.counting", new JsonObject());
        JsonObject rate = new JsonObject();
        rate.addProperty("bytesPerSecond", 2_000_000);
        rate.addProperty("payload", 1000);
        start("n0", "source.cbr", rate);
        say("READY");
    }

    private void start(String node, String type, JsonObject settings) {
        if (container.nodes().status(node).orElseThrow().applications().isEmpty()) {
            container.nodes().start(node, new ApplicationSpec(type, SESSION, settings));
        }
    }

    private void swapForEver() throws Exception {
        for (int round = 0; true; round++) {
            String node = NODES[round % NODES.length];
            boolean old = container
                    .nodes()
                    .status(node)
                    .orElseThrow()
                    .slots()
                    .getFirst()
                    .version()
                    .equals("1.0.0");
            String versions = old ? "[1.1,2)" : "[1.0,1.1)";
            String id = ProcessHandle.current().pid() + "-" + round;
            say("ASK " + id + " " + node + " " + versions);
            SwapResult result = swap(node, versions, id);
            say("DONE " + id + " " + node + " " + versions + " " + result.outcome() + " " + result.to() + " "
                    + result.sentence());
        }
    }

    private SwapResult swap(String node, String versions, String id) throws Exception {
        Probation probation = id.hashCode() % 2 == 0 && stillAt.equals("-") ? Probation.NONE : SHORT;
        return container
                .swaps()
                .swap(
                        new SwapRequest(node, SESSION, "relay", versions)
                                .withProbation(probation)
                                .withId(id),
                        this::phase)
                .get(30, TimeUnit.SECONDS);
    }

    private void phase(SwapPhase phase) {
        if (phase.name().equals(stillAt)) {
            say("AT " + phase);
            while (true) {
                LockSupport.park(); // killed here
            }
        }
    }
}

package ioverlay.container;

import com.google.gson.JsonObject;
import ioverlay.api.container.Events.Subscription;
import ioverlay.api.container.Nodes;
import ioverlay.container.journal.NodeEntry;
import java.nio.file.Path;
import java.util.List;

/** Passes on what configurations ask for, and makes an event of each answer. */
final class FrontDesk implements ConfigurationDesk {
    private final EventLog events;
    private final NodeFactory nodes;
    private final Restart restart;
    private final DesiredState desired;
    private final DataKeeping keeping;

    FrontDesk(EventLog events, NodeFactory nodes, Restart restart, DesiredState desired, DataKeeping keeping) {
        this.events = events;
        this.nodes = nodes;
        this.restart = restart;
        this.desired = desired;
        this.keeping = keeping;
    }

    @Override
    public Nodes nodes(NodeValues values) {
        return new NodesByConfiguration(nodes, values, restart, desired);
    }

    @Override
    public void forget(String node) {
        desired.removed(node);
    }

    @Override
    public List<NodeEntry> commanded() {
        return nodes.list().stream()
                .flatMap(node -> desired.node(node.name()).stream())
                .filter(entry -> !entry.isConfigured())
                .toList();
    }

    @Override
    public boolean isKept() {
        return desired.isKept();
    }

    @Override
    public Subscription whenFreed(Runnable call) {
        return events.subscribe(event -> {
            if (event.kind().equals("node.removed")) {
                call.run();
            }
        });
    }

    @Override
    public void keepIn(Path directory) {
        keeping.open(directory);
    }

    @Override
    public void made(String pid, String node) {
        add("node.configured", node, "all that " + pid + " asks for is there", pid);
    }

    @Override
    public void refused(String pid, String node, String sentence) {
        add("node.refused", node, sentence, pid);
    }

    private void add(String kind, String node, String sentence, String pid) {
        JsonObject detail = new JsonObject();
        detail.addProperty("pid", pid);
        events.add(kind, node, sentence, detail);
    }
}

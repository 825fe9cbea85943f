package ioverlay.itest;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import ioverlay.api.Header;
import ioverlay.api.container.ApplicationSpec;
import ioverlay.api.container.NodeSpec;
import ioverlay.api.container.NodeStatus;
import ioverlay.api.container.NodeStatus.ApplicationStatus;
import ioverlay.api.container.NodeStatus.SlotStatus;
import ioverlay.api.container.SlotSpec;

/**
 * Live traffic from a source over one node, whose algorithm changes, to a sink that counts. The
 * nodes at its ends have another version of the relay, so that the one in the middle can be taken away.
 */
final class Line {
    static final int SESSION = 7;

    private static final int PAYLOAD = 500;
    private static final int BYTES_PER_SECOND = 1_500_000;

    private final LiveContainer container;
    private final String name;

    private Line(LiveContainer container, String name) {
        this.container = container;
        this.name = name;
    }

    /** Makes the three nodes, and has the messages flow. */
    static Line of(LiveContainer container, String name) {
        Line line = new Line(container, name);
        String sink = line.make("sink", new JsonArray());
        String middle = line.make("middle", next(sink));
        line.make("source", next(middle));
        line.start("sink", "sink.counting", new JsonObject());
        line.send();
        line.awaitFlow();
        return line;
    }

    private static JsonArray next(String hop) {
        JsonArray next = new JsonArray();
        next.add(hop);
        return next;
    }

    private String make(String role, JsonArray next) {
        JsonObject settings = new JsonObject();
        settings.add("next", next);
        settings.addProperty("deliver", role.equals("sink"));
        String versions = role.equals("middle") ? "[1.0,1.1)" : "[1.1,1.2)";
        SlotSpec slot = SlotSpec.of("relay").withVersions(versions).withSettings(settings);
        return container
                .nodes()
                .create(NodeSpec.named(node(role)).withSlot(SESSION, slot))
                .id()
                .toString();
    }

    private void start(String role, String type, JsonObject settings) {
        container.nodes().start(node(role), new ApplicationSpec(type, SESSION, settings));
    }

    private void send() {
        JsonObject settings = new JsonObject();
        settings.addProperty("bytesPerSecond", BYTES_PER_SECOND);
        settings.addProperty("payload", PAYLOAD);
        start("source", "source.cbr", settings);
    }

    private String node(String role) {
        return name + "." + role;
    }

    /** The node in the middle. */
    String middle() {
        return node("middle");
    }

    NodeStatus status(String role) {
        return container.nodes().status(node(role)).orElseThrow();
    }

    SlotStatus slot() {
        return status("middle").slots().getFirst();
    }

    private ApplicationStatus application(String role) {
        return status(role).applications().getFirst();
    }

    /** On the way to the middle, or there already; the link goes with the source, the slot stays. */
    long sent() {
        return status("source").slots().getFirst().sentBytes() / (Header.BYTES + PAYLOAD);
    }

    long consumed() {
        return application("sink").consumed();
    }

    /** What the middle has swallowed. */
    long failed() {
        return status("middle").counters().getOrDefault("messages.failed", 0L);
    }

    /** Missing, twice or out of order at the sink. */
    long count(String what) {
        return application("sink").detail().get(what).getAsLong();
    }

    /** Waits until more messages arrive. */
    void awaitFlow() {
        long before = consumed();
        Await.until(name + " flows: " + slot(), () -> consumed() > before + 20);
    }

    /** Ends the source, and waits until each message is where it belongs. */
    void drain() {
        container.nodes().stop(node("source"), SESSION);
        Await.until("sent = delivered + failed in " + status("middle"), () -> sent() == consumed() + failed());
    }
}

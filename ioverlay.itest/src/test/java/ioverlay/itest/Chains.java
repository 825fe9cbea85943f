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
import java.util.List;
import java.util.stream.IntStream;

/** Chains of relays in version 1.0.0, each with a source at its begin and a sink that counts at its end. */
final class Chains {
    private static final int SESSION = 7;
    private static final int PAYLOAD = 500;

    private final LiveContainer container;
    private final int chains;
    private final int length;

    private Chains(LiveContainer container, int chains, int length) {
        this.container = container;
        this.chains = chains;
        this.length = length;
    }

    /** Makes them, and has data flow. */
    static Chains of(LiveContainer container, int chains, int length, int bytesPerSecond) {
        Chains all = new Chains(container, chains, length);
        for (int chain = 0; chain < chains; chain++) {
            String next = "";
            for (int place = length - 1; place >= 0; place--) {
                next = all.make(chain, place, next);
            }
            container.nodes().start(all.name(chain, length - 1), spec("sink.counting", new JsonObject()));
            JsonObject settings = new JsonObject();
            settings.addProperty("bytesPerSecond", bytesPerSecond);
            settings.addProperty("payload", PAYLOAD);
            container.nodes().start(all.name(chain, 0), spec("source.cbr", settings));
        }
        all.awaitFlow();
        return all;
    }

    private static ApplicationSpec spec(String type, JsonObject settings) {
        return new ApplicationSpec(type, SESSION, settings);
    }

    private String make(int chain, int place, String next) {
        JsonArray hops = new JsonArray();
        if (!next.isEmpty()) {
            hops.add(next);
        }
        JsonObject settings = new JsonObject();
        settings.add("next", hops);
        settings.addProperty("deliver", next.isEmpty());
        SlotSpec slot = SlotSpec.of("relay").withVersions("[1.0,1.1)").withSettings(settings);
        return container
                .nodes()
                .create(NodeSpec.named(name(chain, place)).withSlot(SESSION, slot))
                .id()
                .toString();
    }

    private String name(int chain, int place) {
        return "c" + chain + "-" + (place < 10 ? "0" : "") + place;
    }

    private NodeStatus status(int chain, int place) {
        return container.nodes().status(name(chain, place)).orElseThrow();
    }

    /** The versions that serve now, each once. */
    List<String> versions() {
        return container.nodes().list().stream()
                .flatMap(node -> node.slots().stream())
                .map(SlotStatus::version)
                .distinct()
                .sorted()
                .toList();
    }

    /** How often slots have switched, all together. */
    int switches() {
        return container.nodes().list().stream()
                .flatMap(node -> node.slots().stream())
                .mapToInt(SlotStatus::swaps)
                .sum();
    }

    private ApplicationStatus sink(int chain) {
        return status(chain, length - 1).applications().getFirst();
    }

    /** Waits until more arrives at every sink. */
    void awaitFlow() {
        for (int chain = 0; chain < chains; chain++) {
            int one = chain;
            long before = sink(one).consumed();
            Await.until("chain " + one + " flows", () -> sink(one).consumed() > before + 20);
        }
    }

    /** Ends the sources, and waits until all that they sent is where it belongs. */
    void drain() {
        IntStream.range(0, chains).forEach(chain -> container.nodes().stop(name(chain, 0), SESSION));
        for (int chain = 0; chain < chains; chain++) {
            int one = chain;
            Await.until(
                    "chain " + one + " is empty", () -> sent(one) == sink(one).consumed());
        }
    }

    private long sent(int chain) {
        return status(chain, 0).slots().getFirst().sentBytes() / (Header.BYTES + PAYLOAD);
    }

    /** Missing, twice or out of order at the sinks, all together; or how many arrived. */
    long count(String what) {
        return IntStream.range(0, chains)
                .mapToLong(chain -> sink(chain).detail().get(what).getAsLong())
                .sum();
    }

    /** Calls that failed and whose messages were dropped, at all nodes. */
    long dropped() {
        return container.nodes().list().stream()
                .mapToLong(node -> node.counters().getOrDefault("messages.failed", 0L))
                .sum();
    }
}

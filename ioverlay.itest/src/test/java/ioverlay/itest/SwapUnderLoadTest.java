package ioverlay.itest;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import ioverlay.api.container.ApplicationSpec;
import ioverlay.api.container.NodeSpec;
import ioverlay.api.container.NodeStatus;
import ioverlay.api.container.NodeStatus.ApplicationStatus;
import ioverlay.api.container.Probation;
import ioverlay.api.container.SlotSpec;
import ioverlay.api.container.SwapRequest;
import ioverlay.api.container.SwapResult;
import ioverlay.api.container.SwapResult.Outcome;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.osgi.framework.Bundle;

/** A stream through a chain of three real nodes while their algorithm is replaced, or taken away and brought back. */
final class SwapUnderLoadTest {
    private static final int SESSION = 7;
    private static final Probation SHORT = Probation.STANDARD.lasting(Duration.ofMillis(50));
    private static final int MESSAGES = 4_000;
    private static final int PAYLOAD = 1_000;
    private static final int BYTES_PER_SECOND = 2_000_000;
    private static final String[] CHAIN = {"c", "b", "a"};

    private LiveContainer container;

    @BeforeEach
    void boot() throws Exception {
        container = LiveContainer.with(Jars.ours("ioverlay.algo.relay"), Jars.ours("ioverlay.app"));
        JsonArray next = new JsonArray();
        for (String name : CHAIN) {
            JsonObject settings = new JsonObject();
            settings.add("next", next);
            NodeStatus made = container
                    .nodes()
                    .create(NodeSpec.named(name)
                            .withSlot(SESSION, SlotSpec.of("relay").withSettings(settings)));
            next = new JsonArray();
            next.add(made.id().toString());
        }
        container.nodes().start("b", new ApplicationSpec("sink.counting", SESSION, new JsonObject()));
        container.nodes().start("c", new ApplicationSpec("sink.counting", SESSION, new JsonObject()));
    }

    @AfterEach
    void stop() throws Exception {
        container.close();
    }

    private void startSource() {
        JsonObject settings = new JsonObject();
        settings.addProperty("bytesPerSecond", BYTES_PER_SECOND);
        settings.addProperty("payload", PAYLOAD);
        settings.addProperty("messages", MESSAGES);
        container.nodes().start("a", new ApplicationSpec("source.cbr", SESSION, settings));
    }

    private ApplicationStatus application(String node) {
        return container.nodes().status(node).orElseThrow().applications().getFirst();
    }

    private String slotState(String node) {
        return container.nodes().status(node).orElseThrow().slots().getFirst().state();
    }

    private void assertAllArrived(String node) {
        Await.until(node + " has it all", () -> application(node).consumed() >= MESSAGES);
        JsonObject counts = application(node).detail();
        assertThat(counts.get("messages").getAsLong()).isEqualTo(MESSAGES);
        assertThat(counts.get("lost").getAsLong()).isZero();
        assertThat(counts.get("duplicated").getAsLong()).isZero();
        assertThat(counts.get("reordered").getAsLong()).isZero();
    }

    @Test
    void nothingIsLostDuplicatedOrReorderedWhileVersionsChange() throws Exception {
        container.repository().add(Jars.relay11().toUri());
        startSource();
        int round = 0;
        while (application("a").state().equals("running")) {
            String versions = round++ % 2 == 0 ? "[1.1,2)" : "[1.0,1.1)";
            for (String node : CHAIN) {
                SwapResult result = container
                        .swaps()
                        .swap(new SwapRequest(node, SESSION, "relay", versions).withProbation(SHORT))
                        .get(30, TimeUnit.SECONDS);
                assertThat(result.outcome()).as(result.sentence()).isEqualTo(Outcome.SWITCHED);
            }
        }
        assertThat(round).isGreaterThan(2);
        assertAllArrived("b");
        assertAllArrived("c");
    }

    @Test
    void nothingIsLostDuplicatedOrReorderedWhileSlotsAreParked() throws Exception {
        Bundle relay = container.bundle("ioverlay.algo.relay", "1.0.0");
        startSource();
        Await.until("the stream flows", () -> application("c").consumed() > 0);
        for (int round = 0; round < 3; round++) {
            relay.stop();
            assertThat(slotState("b")).isEqualTo("parked");
            relay.start();
            Await.until("the slot serves", () -> slotState("b").equals("serving"));
        }
        assertAllArrived("b");
        assertAllArrived("c");
    }

    @Test
    void aStoppedFrameworkEndsNodesBeforeTheirAlgorithmsAreTakenAway() throws Exception {
        startSource();
        Await.until("the stream flows", () -> application("c").consumed() > 0);
        List<String> kinds = new CopyOnWriteArrayList<>();
        container.events().subscribe(event -> kinds.add(event.kind()));
        long before = System.nanoTime();
        container.close();
        assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofSeconds(10));
        assertThat(kinds).doesNotContain("slot.parked");
        container = LiveContainer.with();
    }
}

package ioverlay.itest;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import ioverlay.api.Message;
import ioverlay.api.MessageType;
import ioverlay.api.container.ApplicationSpec;
import ioverlay.api.container.NodeSpec;
import ioverlay.api.container.NodeStatus;
import ioverlay.api.container.NodeStatus.ApplicationStatus;
import ioverlay.api.container.Probation;
import ioverlay.api.container.SlotSpec;
import ioverlay.api.container.SwapRequest;
import ioverlay.api.container.SwapResult;
import ioverlay.api.container.SwapResult.Outcome;
import ioverlay.itest.algorithms.Counter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The relay in its three versions: its state goes up and down while messages flow, and any two are good neighbours. */
class RelayVersionsTest {
    private static final int APP = 7;
    private static final int HEADER = 24;
    private static final int PAYLOAD = 1000;
    private static final Probation TINY = Probation.STANDARD.lasting(Duration.ofMillis(1));

    @TempDir
    private Path directory;

    private LiveContainer container;

    @BeforeEach
    void boot() throws Exception {
        container = LiveContainer.with(Jars.ours("ioverlay.algo.relay"), Jars.ours("ioverlay.app"));
        container.repository().add(Jars.relay11().toUri());
        container.repository().add(Jars.relay2().toUri());
        String below = create("below", new JsonArray());
        JsonArray next = new JsonArray();
        next.add(below);
        create("above", next);
        container.nodes().start("below", new ApplicationSpec("sink.counting", APP, new JsonObject()));
    }

    private String create(String name, JsonArray next) {
        JsonObject settings = new JsonObject();
        settings.add("next", next);
        settings.addProperty("deliver", next.isEmpty());
        SlotSpec slot = SlotSpec.of("relay").withVersions(only("1.0")).withSettings(settings);
        return container
                .nodes()
                .create(NodeSpec.named(name).withSlot(APP, slot))
                .id()
                .toString();
    }

    @AfterEach
    void stop() throws Exception {
        container.close();
    }

    private static String only(String version) {
        return "[" + version + ".0," + version + ".0]";
    }

    private SwapResult swap(String node, String version) throws Exception {
        return container
                .swaps()
                .swap(new SwapRequest(node, APP, "relay", only(version)).withProbation(TINY))
                .get(30, TimeUnit.SECONDS);
    }

    private void switchTo(String node, String version) throws Exception {
        if (!slot(node).version().equals(version + ".0")) {
            SwapResult result = swap(node, version);
            assertThat(result.outcome()).as(result.sentence()).isEqualTo(Outcome.SWITCHED);
        }
    }

    private NodeStatus.SlotStatus slot(String node) {
        return container.nodes().status(node).orElseThrow().slots().getFirst();
    }

    private long counted(String node, String what) {
        return slot(node).detail().get(what).getAsLong();
    }

    private ApplicationStatus application(String node) {
        return container.nodes().status(node).orElseThrow().applications().getFirst();
    }

    private void send(int messages, int bytesPerSecond) {
        JsonObject settings = new JsonObject();
        settings.addProperty("bytesPerSecond", bytesPerSecond);
        settings.addProperty("payload", PAYLOAD);
        settings.addProperty("messages", messages);
        container.nodes().start("above", new ApplicationSpec("source.cbr", APP, settings));
    }

    private void flowsOn() {
        long before = application("below").consumed();
        Await.until("messages flow", () -> application("below").consumed() > before + 10);
    }

    @Test
    void countersGoThroughAllVersionsAndBackWhileMessagesFlow() throws Exception {
        int messages = 3_000;
        send(messages, 1_500_000);
        for (String version : List.of("1.1", "2.0", "1.1", "1.0")) {
            flowsOn();
            switchTo("above", version);
            switchTo("below", version);
        }
        assertThat(application("above").state())
                .as("the source, after the last swap")
                .isEqualTo("running");
        Await.until("all has arrived", () -> application("below").consumed() == messages);
        for (String node : List.of("above", "below")) {
            assertThat(counted(node, "messages")).as(node).isEqualTo(messages);
            assertThat(counted(node, "bytes")).as(node).isEqualTo((long) messages * (HEADER + PAYLOAD));
        }
        JsonObject sink = application("below").detail();
        assertThat(List.of(sink.get("lost"), sink.get("duplicated"), sink.get("reordered")))
                .hasToString("[0, 0, 0]");
    }

    @Test
    void whatTheSecondMajorVersionCountsByUpstreamBeginsWithWhatTheOlderOnesCounted() throws Exception {
        send(100, 10_000_000);
        Await.until("all has arrived", () -> application("below").consumed() == 100);
        switchTo("below", "2.0");
        container.nodes().stop("above", APP);
        send(50, 10_000_000);
        Await.until("the rest has arrived", () -> application("below").consumed() == 150);
        String above = container.nodes().status("above").orElseThrow().id().toString();
        assertThat(slot("below").detail().getAsJsonObject("received"))
                .hasToString("{\"upstreams\":{\"" + above + "\":{\"messages\":50,\"bytes\":51200}},"
                        + "\"earlier\":{\"messages\":100,\"bytes\":102400}}");
    }

    @Test
    void theStateOfALaterMajorVersionIsRefusedAndThatVersionServesOn() throws Exception {
        Path later = TestBundle.of("ioverlay.algo.relay", "3.0.0")
                .algorithm("relay", Counter.class)
                .write(directory);
        container.repository().add(later.toUri());
        switchTo("below", "3.0");
        SwapResult result = swap("below", "2.0");
        assertThat(result.outcome()).isEqualTo(Outcome.REFUSED);
        assertThat(result.sentence()).contains("relay 2.0 takes over the state of 1.x and 2.x, not of 3.0.0");
        assertThat(slot("below").version()).isEqualTo("3.0.0");
    }

    @Test
    void anyTwoVersionsAreGoodNeighbours() throws Exception {
        send(20, 10_000_000);
        Await.until("all has arrived", () -> application("below").consumed() == 20);
        String below = container.nodes().status("below").orElseThrow().id().toString();
        for (String upper : List.of("1.0", "1.1", "2.0")) {
            for (String lower : List.of("1.0", "1.1", "2.0")) {
                switchTo("above", upper);
                switchTo("below", lower);
                askForReceipts();
                String pair = upper + " above " + lower;
                if (upper.equals("1.0") || lower.equals("1.0")) {
                    assertNobodyTells(pair, below);
                } else {
                    Await.until(pair + ": told", () -> receipts("above").has(below));
                }
                assertNothingIgnored(pair, "above");
                assertNothingIgnored(pair, "below");
                assertThat(counted("below", "messages")).as(pair).isEqualTo(20);
            }
        }
        assertThat(receipts("above").getAsJsonObject(below).get("protocol").getAsInt())
                .as("between the newest")
                .isEqualTo(2);
    }

    /** The command that asks is processed, and what it causes has gone down and up, before this returns. */
    private void askForReceipts() {
        long below = slot("below").processed();
        long above = slot("above").processed();
        boolean asks = !slot("above").version().equals("1.0.0");
        boolean answers = asks && !slot("below").version().equals("1.0.0");
        container
                .nodes()
                .tell(
                        "above",
                        Message.builder(
                                        container
                                                .nodes()
                                                .status("above")
                                                .orElseThrow()
                                                .id(),
                                        MessageType.CUSTOM)
                                .application(APP)
                                .params(1, 0)
                                .build());
        Await.until("the command is processed", () -> slot("above").processed() > above);
        Await.until("the question is processed", () -> !asks || slot("below").processed() > below);
        Await.until("the answer is processed", () -> !answers || slot("above").processed() > above + 1);
    }

    private JsonObject receipts(String node) {
        JsonObject detail = slot(node).detail();
        return detail.has("receipts") ? detail.getAsJsonObject("receipts") : new JsonObject();
    }

    private void assertNobodyTells(String pair, String below) {
        assertThat(receipts("above").has(below)).as(pair + ": told").isFalse();
    }

    private void assertNothingIgnored(String pair, String node) {
        if (receipts(node).has("ignored")) {
            assertThat(receipts(node).get("ignored").getAsLong())
                    .as(pair + ": ignored at " + node)
                    .isZero();
        }
    }
}

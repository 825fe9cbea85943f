package ioverlay.itest;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import ioverlay.algo.relay.MeteredRelay;
import ioverlay.algo.relay.Relay;
import ioverlay.api.Algorithm;
import ioverlay.api.Message;
import ioverlay.api.MessageType;
import ioverlay.api.NodeId;
import ioverlay.itest.algorithms.Asking;
import ioverlay.itest.algorithms.Pairing;
import ioverlay.testkit.TestNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** An algorithm does the same at the testkit's node as at a real one, which is between two others. */
final class ConformanceTest {
    private static final Duration TIMERS = Duration.ofMillis(100);

    private RealNode real;
    private final List<String> expected = new ArrayList<>();
    private final List<String> expectedDeliveries = new ArrayList<>();

    @BeforeEach
    void open() throws Exception {
        real = RealNode.open();
    }

    @AfterEach
    void close() {
        real.close();
    }

    private TestNode start(Algorithm same, Algorithm again, JsonObject settings) throws Exception {
        TestNode node = TestNode.with(same)
                .self(real.id())
                .application(RealNode.APP)
                .seed(RealNode.SEED)
                .holdBytes(2 * RealNode.BUFFER_BYTES)
                .settings(settings)
                .onlyCountFailures()
                .start();
        real.serve(again, settings);
        return node;
    }

    private void data(TestNode node, int sequence, String text) {
        Message message = node.message(MessageType.DATA, real.upstream())
                .sequence(sequence)
                .payload(text)
                .build();
        node.receive(message);
        real.receive(message);
    }

    /** Both have come to rest, and the same came out of them. */
    private void compare(TestNode node) {
        node.sentTo(real.downstream()).stream().map(RealNode::text).forEach(expected::add);
        node.delivered().stream().map(RealNode::text).forEach(expectedDeliveries::add);
        node.takeSent();
        node.takeDelivered();
        Await.until(
                "as much arrives as was sent",
                () -> real.arrived().size() >= expected.size()
                        && real.delivered().size() >= expectedDeliveries.size());
        Await.until( // nothing is sent of the last ones
                "as many fail and are held",
                () -> real.slot().failed() >= node.failures().size()
                        && real.slot().held() == node.held().size());
        assertThat(real.arrived()).containsExactlyElementsOf(expected);
        assertThat(real.delivered()).containsExactlyElementsOf(expectedDeliveries);
        assertThat(real.slot().failed()).isEqualTo(node.failures().size());
        assertThat(real.slot().held()).isEqualTo(node.held().size());
    }

    private void swap(TestNode node, Algorithm same, Algorithm again) throws Exception {
        node.swapTo(same, "1.1.0");
        real.swap(again);
    }

    private static JsonObject next(NodeId node) {
        JsonArray hops = new JsonArray();
        hops.add(node.toString());
        JsonObject settings = new JsonObject();
        settings.add("next", hops);
        return settings;
    }

    @Test
    void the_relay_does_the_same() throws Exception {
        TestNode node = start(new Relay(), new Relay(), next(real.downstream()));
        IntStream.range(0, 50).forEach(i -> data(node, i, "x".repeat(i)));
        compare(node);
        assertThat(expected).hasSize(50);
        assertThat(expectedDeliveries).hasSize(50);
        swap(node, new MeteredRelay(), new MeteredRelay());
        IntStream.range(50, 60).forEach(i -> data(node, i, "y"));
        compare(node);
        for (String counted : List.of("messages", "bytes", "next")) {
            assertThat(real.slot().detail().get(counted))
                    .isEqualTo(node.status().get(counted));
        }
    }

    @Test
    void one_that_holds_and_fails_and_sets_timers_does_the_same() throws Exception {
        JsonObject settings = new JsonObject();
        settings.addProperty("next", real.downstream().toString());
        TestNode node = start(new Pairing(), new Pairing(), settings);
        script(node, 0);
        assertThat(node.failures()).hasSize(2);
        swap(node, new Pairing(), new Pairing());
        assertThat(node.held()).hasSize(4);
        script(node, 100);
        assertThat(real.slot().detail()).isEqualTo(node.status());
        assertThat(node.status().get("expired").getAsInt()).isPositive();
        assertThat(expected).hasSizeGreaterThan(20);
    }

    @Test
    void requests_about_the_network_are_taken_and_refused_alike() throws Exception {
        JsonObject settings = new JsonObject();
        settings.addProperty("next", real.downstream().toString());
        TestNode node = start(new Asking(), new Asking(), settings);
        String emulate = Integer.toHexString(MessageType.EMULATE) + " 0 ";
        String reports = Integer.toHexString(MessageType.SET_REPORTS) + " ";
        String grace = Integer.toHexString(MessageType.SET_GRACE) + " ";
        String toNext = emulate + "{'links':[{'to':'" + real.downstream() + "','bytesPerSecond':90000000}]}";
        String fromUpstream = emulate + "{'links':[{'from':'" + real.upstream() + "','bytesPerSecond':80000000}]}";
        List<String> script = List.of(
                emulate + "{'out':70000000,'meteringMillis':20,'seed':5}",
                emulate + "{'out':0}",
                emulate + "{'colour':1}",
                emulate + "{'in':60000000,'meteringMillis':null}",
                emulate + "{'links':[{'to':'127.0.0.1:9','loss':0.5}]}",
                toNext,
                "pass",
                toNext,
                fromUpstream,
                reports + "99 x",
                reports + "3600001 x",
                reports + "3600000 x",
                reports + "0 x",
                grace + "-1 x",
                grace + "600001 x",
                grace + "600000 x");
        for (int i = 0; i < script.size(); i++) {
            data(node, i, script.get(i));
        }
        compare(node);
        assertThat(node.refusals()).hasSize(8);
        Await.until("as much is refused", () -> real.refusals().size() >= 8);
        assertThat(real.refusals()).containsExactlyElementsOf(node.refusals());
        assertThat(real.emulation()).isEqualTo(node.emulation());
        assertThat(node.emulation().links()).hasSize(2);
    }

    private void script(TestNode node, int first) {
        String keep = "k".repeat(1500);
        List<String> script = List.of(
                "p1", "p2", "p3", "x", "p4", "p5", "other", "d", "", keep, keep, keep, keep, keep, keep, "x", "r", "p6",
                "p7", keep, keep, keep, keep);
        for (int i = 0; i < script.size(); i++) {
            data(node, first + i, script.get(i));
        }
        compare(node);
        data(node, first + 50, "c");
        compare(node);
        data(node, first + 51, "t");
        node.advance(TIMERS);
        compare(node);
    }
}

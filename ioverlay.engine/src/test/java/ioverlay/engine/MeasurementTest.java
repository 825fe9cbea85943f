package ioverlay.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.withinPercentage;

import com.google.gson.JsonObject;
import ioverlay.api.BasicAlgorithm;
import ioverlay.api.Disposition;
import ioverlay.api.Message;
import ioverlay.api.MessageType;
import ioverlay.api.NodeId;
import ioverlay.api.Payloads;
import ioverlay.api.container.Measurement;
import ioverlay.io.opening.Limits;
import ioverlay.io.probe.Prober;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The round-trip time to a node, on request. */
class MeasurementTest {
    private static final Duration BOUND = Duration.ofSeconds(5);

    private static final Limits IMPATIENT = new Limits(
            Limits.DEFAULT.helloMs(),
            Limits.DEFAULT.probeMs(),
            1_000,
            Limits.DEFAULT.stallMs(),
            Limits.DEFAULT.connections());

    private final Testbed testbed = Testbed.open(IMPATIENT);

    @AfterEach
    void close() {
        testbed.close();
    }

    /** Measures what a custom message names; keeps the answers by request. */
    private static final class Measuring extends BasicAlgorithm {
        final Map<Integer, JsonObject> answers = new ConcurrentHashMap<>();

        @Override
        public Disposition process(Message message) {
            switch (message.type()) {
                case MessageType.CUSTOM ->
                    send(
                            message(MessageType.MEASURE)
                                    .params(message.param1(), message.param2())
                                    .payload(List.of(Payloads.nodes(message).getFirst()))
                                    .build(),
                            self());
                case MessageType.MEASURED -> answers.put(message.param1(), Payloads.json(message));
                default -> {
                    return super.process(message);
                }
            }
            return Disposition.DONE;
        }
    }

    private void ask(Node node, NodeId target, int what) {
        node.tell(Message.builder(node.id(), MessageType.CUSTOM)
                .params(99, what)
                .payload(List.of(target))
                .build());
    }

    private JsonObject measured(NodeId target) {
        return measured(target, 0);
    }

    private JsonObject measured(NodeId target, int what) {
        Node node = testbed.node("measuring");
        Measuring measuring = Testbed.serve(node, new Measuring());
        ask(node, target, what);
        Await.within(BOUND, "the answer comes", () -> measuring.answers.containsKey(99));
        return measuring.answers.get(99);
    }

    private static void cap(Node node, String which, long bytesPerSecond) {
        JsonObject change = new JsonObject();
        change.addProperty(which, bytesPerSecond);
        node.emulate(change);
    }

    /** The best of a few: a thread that comes late makes a train slower, never faster. */
    private static double best(Node from, Node to) {
        double best = 0;
        for (int i = 0; i < 3; i++) {
            Measurement measured = from.measure(to.id(), true);
            assertThat(measured.failure()).isEmpty();
            best = Math.max(best, measured.bytesPerSecond().orElseThrow());
        }
        System.out.println("available bandwidth: " + Math.round(best));
        return best;
    }

    @Test
    void a_live_node_is_measured_without_a_link_to_it() {
        Node target = testbed.node("target");
        JsonObject answer = measured(target.id());
        assertThat(answer.get("node").getAsString()).isEqualTo(target.id().toString());
        assertThat(answer.get("roundTripMicros").getAsDouble()).isBetween(1.0, 1e6);
        assertThat(target.status().upstreams()).isEmpty();
    }

    @Test
    void a_node_that_refuses_is_answered_with_the_failure() {
        try (RefusingPort nobody = new RefusingPort()) {
            JsonObject answer = measured(nobody.id());
            assertThat(answer.get("node").getAsString()).isEqualTo(nobody.id().toString());
            assertThat(answer.get("failure").getAsString()).contains(nobody.id().toString(), "refused");
            assertThat(answer.has("roundTripMicros")).isFalse();
        }
    }

    @Test
    void a_node_that_says_nothing_is_answered_with_the_failure() {
        try (DeafPeer deaf = new DeafPeer()) {
            assertThat(measured(deaf.id()).get("failure").getAsString()).contains("no answer within");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"in", "total"})
    void the_bandwidth_to_a_capped_node_is_its_cap_within_ten_percent(String which) {
        Node target = testbed.node("target");
        cap(target, which, 250_000);
        assertThat(best(testbed.node("measuring"), target)).isCloseTo(250_000, withinPercentage(10));
        assertThat(target.status().upstreams()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"out", "total"})
    void the_bandwidth_from_a_capped_node_is_its_cap_within_ten_percent(String which) {
        Node measuring = testbed.node("measuring");
        cap(measuring, which, 150_000);
        assertThat(best(measuring, testbed.node("target"))).isCloseTo(150_000, withinPercentage(10));
    }

    @Test
    void an_algorithm_gets_the_bandwidth_where_it_asks_for_it() {
        Node target = testbed.node("target");
        cap(target, "in", 250_000);
        JsonObject answer = measured(target.id(), 1);
        assertThat(answer.get("roundTripMicros").getAsDouble()).isPositive();
        assertThat(answer.get("bytesPerSecond").getAsDouble()).isBetween(1.0, 275_000.0);
        assertThat(measured(target.id(), 0).has("bytesPerSecond")).isFalse();
    }

    @Test
    void another_measurement_than_of_round_trip_or_bandwidth_is_refused() {
        Node node = testbed.node("measuring");
        Testbed.serve(node, new Measuring());
        ask(node, node.id(), 2);
        Await.until("it is refused", () -> !testbed.happened("request.refused").isEmpty());
        assertThat(testbed.happened("request.refused").getFirst().sentence()).contains("not 2");
    }

    @Test
    void a_bandwidth_that_cannot_be_measured_is_a_failure_in_bounded_time() {
        Node node = testbed.node("measuring");
        try (DeafPeer deaf = new DeafPeer()) {
            long start = System.nanoTime();
            Measurement measured = node.measure(deaf.id(), true);
            assertThat(System.nanoTime() - start)
                    .isLessThan(Duration.ofSeconds(2).toNanos());
            assertThat(measured.failure()).contains(deaf.id().toString());
            assertThat(measured.bytesPerSecond()).isEmpty();
        }
    }

    @Test
    void more_than_eight_at_once_are_refused() {
        Node node = testbed.node("measuring");
        try (DeafPeer deaf = new DeafPeer()) {
            Queue<String> failures = new ConcurrentLinkedQueue<>();
            for (int i = 0; i <= Prober.MAX_AT_ONCE; i++) {
                Thread.ofVirtual()
                        .start(() -> failures.add(node.measure(deaf.id(), false).failure()));
            }
            Await.until("all are answered", () -> failures.size() == Prober.MAX_AT_ONCE + 1);
            assertThat(failures.element()).contains("at most 8 measurements run at once");
        }
    }
}

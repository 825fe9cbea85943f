package ioverlay.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.withinPercentage;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import ioverlay.api.BasicAlgorithm;
import ioverlay.api.Disposition;
import ioverlay.api.Message;
import ioverlay.api.MessageType;
import ioverlay.api.NodeId;
import ioverlay.api.Payloads;
import ioverlay.api.container.Emulation;
import ioverlay.api.container.Measurement;
import ioverlay.io.opening.Limits;
import ioverlay.io.probe.Prober;
import ioverlay.io.wire.LinkType;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The round-trip time to a node, on request, and the bandwidth; emulated latency and caps are the truth. */
class MeasurementTest {
    private static final Duration BOUND = Duration.ofSeconds(5);

    /** For one connection to open: the documented limits of a measurement are one and two times this. */
    private static final long OPEN_MS = 1_000;

    private static final int ROUNDS = 5;

    private static final Limits IMPATIENT = new Limits(
            Limits.DEFAULT.helloMs(),
            Limits.DEFAULT.probeMs(),
            OPEN_MS,
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
        assertThat(answer.get("roundTripMicros").getAsDouble()).isPositive();
        assertThat(target.status().upstreams()).isEmpty();
    }

    private static void late(Node node, Node peer, int millis) {
        String text = "{\"links\":[{\"to\":\"" + peer.id() + "\",\"latencyMillis\":" + millis + "}]}";
        Testbed.emulate(
                node, Emulation.NONE.changed(JsonParser.parseString(text).getAsJsonObject()));
    }

    @Test
    void a_round_trip_takes_the_latency_of_both_ends_and_a_millisecond_at_most() {
        Node node = testbed.node("measuring");
        Node target = testbed.node("target");
        late(node, target, 25);
        late(target, node, 15);
        double best = Double.MAX_VALUE;
        for (int round = 0; round < 20 && best >= 41_000; round++) {
            double took = node.measure(target.id(), false).roundTripMicros().orElseThrow();
            assertThat(took).isGreaterThanOrEqualTo(40_000);
            best = Math.min(best, took);
        }
        assertThat(best).isLessThan(41_000);
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
    void the_documented_limits_are_those_of_an_opening_and_twice_that() {
        assertThat(Limits.DEFAULT.openMs()).isEqualTo(5_000);
    }

    /** What a node does that is measured and does not answer as it should. */
    enum Malice {
        /** Takes the connection and says nothing. */
        DEAF,
        /** Welcomes, and answers no question. */
        SILENT,
        /** Welcomes, and says a byte now and then: a header that never becomes whole. */
        SLOW,
        /** Begins a welcome, byte by byte. */
        HESITANT;

        void harm(SocketChannel channel) {
            switch (this) {
                case DEAF -> {}
                case SILENT -> Answerer.welcome(channel);
                case SLOW -> {
                    Answerer.welcome(channel);
                    trickle(channel, ByteBuffer.allocate(23));
                }
                case HESITANT -> trickle(channel, Messages.header(LinkType.WELCOME, 0, 0));
            }
        }

        private static void trickle(SocketChannel channel, ByteBuffer bytes) {
            while (bytes.hasRemaining()) {
                Answerer.write(channel, ByteBuffer.wrap(new byte[] {bytes.get()}));
                Await.passes(Duration.ofMillis(OPEN_MS / 8));
            }
        }
    }

    @ParameterizedTest
    @EnumSource(Malice.class)
    void a_peer_that_does_not_answer_is_a_failure_within_the_limit_and_with_a_bandwidth_twice_that(Malice malice)
            throws Exception {
        Node node = testbed.node("measuring");
        boolean inTime = false;
        for (int round = 0; round < ROUNDS && !inTime; round++) { // a busy machine makes a failure later, never earlier
            inTime = failsInTime(node, malice);
        }
        assertThat(inTime).isTrue();
    }

    private static boolean failsInTime(Node node, Malice malice) throws Exception {
        try (Answerer peer = new Answerer(malice::harm);
                Answerer other = new Answerer(malice::harm);
                ExecutorService both = Executors.newVirtualThreadPerTaskExecutor()) {
            long start = System.nanoTime();
            Future<Measurement> alone = both.submit(() -> node.measure(peer.id(), false));
            Future<Measurement> train = both.submit(() -> node.measure(other.id(), true));
            assertThat(alone.get().failure()).contains(peer.id().toString(), "no answer within");
            long aloneMs = (System.nanoTime() - start) / 1_000_000;
            assertThat(train.get().failure()).contains(other.id().toString(), "no answer within");
            assertThat(train.get().bytesPerSecond()).isEmpty();
            return aloneMs <= OPEN_MS && (System.nanoTime() - start) / 1_000_000 <= 2 * OPEN_MS;
        }
    }

    @Test
    void a_bandwidth_that_has_to_wait_for_another_ends_within_twice_the_limit_too() throws Exception {
        Node node = testbed.node("measuring");
        boolean inTime = false;
        for (int round = 0; round < ROUNDS && !inTime; round++) {
            inTime = endsInTimeBehindAnother(node);
        }
        assertThat(inTime).isTrue();
    }

    private static boolean endsInTimeBehindAnother(Node node) throws Exception {
        try (Answerer silent = new Answerer(Answerer::welcome);
                ExecutorService both = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<?> before = both.submit(() -> node.measure(silent.id(), true));
            Await.until("the first is under way", () -> silent.connections() == 1);
            long start = System.nanoTime();
            assertThat(node.measure(silent.id(), true).failure()).contains("another measurement of a bandwidth");
            boolean inTime = (System.nanoTime() - start) / 1_000_000 <= 2 * OPEN_MS;
            before.get();
            return inTime;
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

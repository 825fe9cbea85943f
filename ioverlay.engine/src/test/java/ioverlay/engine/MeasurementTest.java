package ioverlay.engine;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import ioverlay.api.BasicAlgorithm;
import ioverlay.api.Disposition;
import ioverlay.api.Message;
import ioverlay.api.MessageType;
import ioverlay.api.NodeId;
import ioverlay.api.Payloads;
import ioverlay.io.opening.Limits;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

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
                    measure(message.param1(), Payloads.nodes(message).getFirst());
                case MessageType.MEASURED -> answers.put(message.param1(), Payloads.json(message));
                default -> {
                    return super.process(message);
                }
            }
            return Disposition.DONE;
        }
    }

    private JsonObject measured(NodeId target) {
        Node node = testbed.node("measuring");
        Measuring measuring = Testbed.serve(node, new Measuring());
        node.tell(Message.builder(node.id(), MessageType.CUSTOM)
                .params(99, 0)
                .payload(List.of(target))
                .build());
        Await.within(BOUND, "the answer comes", () -> measuring.answers.containsKey(99));
        return measuring.answers.get(99);
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
}

package ioverlay.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import ioverlay.api.BasicAlgorithm;
import ioverlay.api.Disposition;
import ioverlay.api.Message;
import ioverlay.api.MessageType;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What an algorithm asks of its engine. */
final class RequestsTest {
    /** Asks for what the text of a data message says. */
    private static final class Asking extends BasicAlgorithm {
        final List<String> answers = new ArrayList<>();
        final List<String> configured = new ArrayList<>();

        @Override
        public Disposition process(Message message) {
            switch (message.type()) {
                case MessageType.DATA -> ask(message.text());
                case MessageType.MEASURED -> answers.add(message.param1() + " " + message.text());
                case MessageType.CONFIGURE -> configured.add(message.text());
                default -> super.process(message);
            }
            return Disposition.DONE;
        }

        private void ask(String what) {
            switch (what) {
                case "measure" -> measure(5, Peers.C);
                case "measure a lot" -> {
                    for (int id = 0; id < 9; id++) {
                        measure(id, Peers.C);
                    }
                }
                case "weight" -> weight(Peers.B, 30);
                case "trace" -> {
                    trace("a text");
                    trace(new JsonObject());
                }
                case "unknown" -> send(message(0xc2ff).build(), self());
                case "broken" -> send(message(MessageType.SET_TIMER).build(), self());
                default ->
                    send(
                            message(MessageType.SET_WEIGHT)
                                    .payload(List.of(Peers.B))
                                    .build(),
                            self());
            }
        }
    }

    private final Asking asking = new Asking();
    private final TestNode node = TestNode.with(asking).start();

    private void ask(String what) {
        node.receive(node.data(Peers.B, what));
    }

    private JsonObject answer() {
        assertThat(asking.answers).hasSize(1);
        assertThat(asking.answers.getFirst()).startsWith("5 ");
        return JsonParser.parseString(asking.answers.getFirst().substring(2)).getAsJsonObject();
    }

    @Test
    void a_measurement_is_answered_after_the_round_trip_time() {
        node.roundTrip(Peers.C, Duration.ofMillis(30));
        ask("measure");
        node.advance(Duration.ofMillis(29));
        assertThat(asking.answers).isEmpty();
        node.advance(Duration.ofMillis(1));
        assertThat(answer().get("node").getAsString()).isEqualTo(Peers.C.toString());
        assertThat(answer().get("roundTripMicros").getAsDouble()).isEqualTo(30_000);
    }

    @Test
    void a_measurement_without_an_answer_fails_after_5_s() {
        ask("measure");
        node.advance(Duration.ofMillis(4_999));
        assertThat(asking.answers).isEmpty();
        node.advance(Duration.ofMillis(1));
        assertThat(answer().get("failure").getAsString()).isEqualTo(Peers.C + " gave no answer");
    }

    @Test
    void at_most_8_measurements_run_at_once() {
        node.roundTrip(Peers.C, Duration.ofMillis(1));
        ask("measure a lot");
        assertThat(asking.answers).hasSize(1);
        assertThat(asking.answers.getFirst()).startsWith("8 ").contains("at most 8 measurements run at once");
        node.advance(Duration.ofMillis(1));
        assertThat(asking.answers).hasSize(9);
        ask("measure");
        node.advance(Duration.ofMillis(1));
        assertThat(asking.answers).hasSize(10);
    }

    @Test
    void weights_and_traces_are_kept_for_the_test() {
        ask("weight");
        ask("trace");
        assertThat(node.weights()).isEqualTo(Map.of(Peers.B, 30));
        assertThat(node.traces()).containsExactly("a text", "{}");
    }

    @Test
    void a_request_that_breaks_a_rule_is_refused_with_a_sentence() {
        ask("unknown");
        ask("broken");
        ask("no weight");
        assertThat(node.refusals()).hasSize(3);
        assertThat(node.refusals().get(0)).isEqualTo("the engine knows no request of type 0xc2ff");
        assertThat(node.refusals().get(1)).startsWith("a request of type 0xc201 has a broken payload");
        assertThat(node.refusals().get(2)).isEqualTo("a weight is 1 to 1000, not 0");
    }

    @Test
    void new_settings_come_as_a_message() {
        node.configure("{}");
        assertThat(asking.configured).containsExactly("{}");
    }
}

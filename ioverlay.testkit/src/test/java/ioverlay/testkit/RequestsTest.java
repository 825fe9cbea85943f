package ioverlay.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import ioverlay.api.BasicAlgorithm;
import ioverlay.api.Disposition;
import ioverlay.api.Message;
import ioverlay.api.MessageType;
import ioverlay.api.NodeId;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
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
        final List<String> heard = new ArrayList<>();

        @Override
        public Disposition process(Message message) {
            switch (message.type()) {
                case MessageType.DATA -> ask(message.text());
                case MessageType.MEASURED -> answers.add(message.param1() + " " + message.text());
                case MessageType.CONFIGURE -> configured.add(message.text());
                case MessageType.REPORT, MessageType.NODE_FAILED, MessageType.SOURCE_FAILED ->
                    heard.add(Integer.toHexString(message.type()) + " " + message.param1() + " " + message.param2()
                            + " " + (message.type() == MessageType.REPORT ? message.text() : about(message)));
                default -> super.process(message);
            }
            return Disposition.DONE;
        }

        private static String about(Message notice) {
            ByteBuffer payload = notice.payload();
            return NodeId.read(payload) + " " + StandardCharsets.UTF_8.decode(payload);
        }

        private void ask(String what) {
            switch (what) {
                case "bandwidth" -> measureBandwidth(5, Peers.C);
                case "reports" -> reports(Duration.ofSeconds(2));
                case "grace" -> grace(Duration.ofMillis(300));
                case "reports too often" ->
                    send(message(MessageType.SET_REPORTS).params(99, 0).build(), self());
                case "grace for ever" ->
                    send(message(MessageType.SET_GRACE).params(-1, 0).build(), self());
                case "send" -> send(message(MessageType.DATA).payload("x").build(), Peers.C);
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
                default -> {
                    if (what.startsWith("{")) {
                        send(message(MessageType.EMULATE).payload(what).build(), self());
                        return;
                    }
                    send(
                            message(MessageType.SET_WEIGHT)
                                    .payload(List.of(Peers.B))
                                    .build(),
                            self());
                }
            }
        }
    }

    private static final NodeId FAR = NodeId.parse("127.0.0.1:7099");

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
    void the_available_bandwidth_comes_with_the_round_trip_time() {
        node.roundTrip(Peers.C, Duration.ofMillis(30)).available(Peers.C, 4e5);
        ask("bandwidth");
        node.advance(Duration.ofMillis(30));
        assertThat(answer().get("roundTripMicros").getAsDouble()).isEqualTo(30_000);
        assertThat(answer().get("bytesPerSecond").getAsDouble()).isEqualTo(400_000);
    }

    @Test
    void a_bandwidth_of_which_nothing_is_known_fails_after_10_s() {
        node.roundTrip(Peers.C, Duration.ofMillis(30));
        ask("bandwidth");
        node.advance(Duration.ofMillis(9_999));
        assertThat(asking.answers).isEmpty();
        node.advance(Duration.ofMillis(1));
        assertThat(answer().has("failure")).isTrue();
    }

    @Test
    void the_emulated_network_is_changed_by_the_rules_of_a_node() {
        ask("{\"out\": 5000, \"meteringMillis\": 20}");
        ask("{\"in\": 6000, \"meteringMillis\": null}");
        assertThat(node.emulation().toJson().toString())
                .isEqualTo("{\"total\":null,\"in\":6000,\"out\":5000,\"meteringMillis\":50,\"seed\":0,\"links\":[]}");
        ask("{\"out\": 0}");
        ask("{\"colour\": 1}");
        assertThat(node.emulation().out()).hasValue(5000);
        assertThat(node.refusals().get(0)).endsWith("or off (null), not '0'");
        assertThat(node.refusals().get(1)).endsWith("but no 'colour'");
    }

    @Test
    void only_links_that_are_there_are_emulated() {
        String toC = "{\"links\": [{\"to\": \"" + Peers.C + "\", \"loss\": 0.5}]}";
        ask(toC);
        assertThat(node.refusals()).singleElement().asString().startsWith("there is no link to " + Peers.C);
        ask("send");
        ask(toC);
        assertThat(node.emulation().links()).hasSize(1);
        ask("{\"links\": [{\"from\": \"" + Peers.B + "\", \"bytesPerSecond\": 5000}]}");
        assertThat(node.emulation().links()).as("data came from there").hasSize(2);
        node.linkUp(FAR, Direction.UPSTREAM).linkClosed(FAR, Direction.UPSTREAM);
        ask("{\"links\": [{\"from\": \"" + FAR + "\", \"bytesPerSecond\": 5000}]}");
        assertThat(node.refusals()).hasSize(2);
    }

    @Test
    void reports_and_grace_are_kept_for_the_test() {
        assertThat(node.reportInterval()).isZero();
        assertThat(node.grace()).isZero();
        ask("reports");
        ask("grace");
        assertThat(node.reportInterval()).hasSeconds(2);
        assertThat(node.grace()).hasMillis(300);
        ask("reports too often");
        ask("grace for ever");
        assertThat(node.refusals())
                .containsExactly(
                        "reports come every 100 to 3600000 ms, or 0 for none, not every 99",
                        "a grace is 0 to 600000 ms, not -1");
        assertThat(node.reportInterval()).hasSeconds(2);
        assertThat(node.grace()).hasMillis(300);
    }

    @Test
    void reports_and_failures_come_as_the_test_says() {
        node.report("{'rates': {'outBytesPerSecond': 7}}")
                .nodeFailed(Peers.C, "gone")
                .sourceFailed(Peers.B, 1, "its link failed")
                .sourceEnded(Peers.B, 0, "it left");
        assertThat(asking.heard)
                .containsExactly(
                        "c10a 0 0 {\"rates\":{\"outBytesPerSecond\":7}}",
                        "c10b 0 0 " + Peers.C + " gone",
                        "c10c 1 1 " + Peers.B + " its link failed",
                        "c10c 2 0 " + Peers.B + " it left");
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

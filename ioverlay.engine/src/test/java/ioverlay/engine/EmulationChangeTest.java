package ioverlay.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import ioverlay.api.BasicAlgorithm;
import ioverlay.api.Disposition;
import ioverlay.api.Message;
import ioverlay.api.MessageType;
import ioverlay.api.container.Emulation;
import ioverlay.api.container.RefusedException;
import ioverlay.engine.MeteringSink.Mark;
import java.time.Duration;
import java.util.OptionalLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Other caps while traffic flows, from a source to a sink, and changes that are refused. */
class EmulationChangeTest {
    private static final int ROUNDS = 3;
    private static final int PAYLOAD = 976;

    private final Testbed testbed = Testbed.open();
    private Node sink;
    private Node source;
    private MeteringSink meter;

    @BeforeEach
    void open() {
        sink = testbed.node("sink");
        source = testbed.node("source");
        Testbed.serve(sink, Forwarder.delivering());
        meter = Testbed.attach(sink, Testbed.APP, new MeteringSink());
    }

    @AfterEach
    void close() {
        Testbed.emulate(source, Emulation.NONE); // so that what is on its way does not take its time
        Testbed.emulate(sink, Emulation.NONE);
        testbed.close();
    }

    private void flow() {
        Testbed.serve(source, Forwarder.to(sink.id()));
        Testbed.attach(source, Testbed.APP, NumberedSource.endless(Content.of(PAYLOAD)));
        meter.begun();
    }

    private static JsonObject json(String text) {
        return JsonParser.parseString(text.replace('\'', '"')).getAsJsonObject();
    }

    /** The error of the rate in a second that begins 200 ms after the change, which no old credit prolongs. */
    private double errorAfter(Node node, String change, long rate) {
        node.emulate(json(change));
        Await.passes(Duration.ofMillis(200));
        Mark before = meter.last();
        Await.passes(Duration.ofSeconds(1));
        return meter.last().rateSince(before) / rate - 1;
    }

    @ParameterizedTest
    @ValueSource(strings = {"in", "out", "total"})
    void a_new_rate_holds_200_ms_after_the_change(String cap) {
        Node capped = cap.equals("in") ? sink : source;
        capped.emulate(json("{'" + cap + "': 300000}"));
        flow();
        double raised = 1;
        double lowered = 1;
        for (int round = 0; round < ROUNDS && Math.max(Math.abs(raised), Math.abs(lowered)) > 0.05; round++) {
            raised = errorAfter(capped, "{'" + cap + "': 2000000}", 2_000_000);
            lowered = errorAfter(capped, "{'" + cap + "': 300000}", 300_000);
            System.out.println(cap + " raised, error " + raised + ", lowered, error " + lowered);
        }
        assertThat(Math.abs(raised)).isLessThanOrEqualTo(0.05);
        assertThat(Math.abs(lowered)).isLessThanOrEqualTo(0.05);
    }

    @Test
    void of_all_caps_at_once_the_lowest_holds_and_without_them_the_link_is_as_fast_as_it_is() {
        Testbed.emulate(
                source,
                Networks.caps(
                        OptionalLong.of(800_000),
                        OptionalLong.empty(),
                        OptionalLong.of(900_000),
                        Networks.to(sink.id(), 700_000)));
        Testbed.emulate(
                sink,
                Networks.caps(
                        OptionalLong.of(600_000),
                        OptionalLong.of(400_000),
                        OptionalLong.empty(),
                        Networks.from(source.id(), 500_000)));
        flow();
        String from = "{'links': [{'from': '" + source.id() + "', 'bytesPerSecond': null}]}";
        String to = "{'links': [{'to': '" + sink.id() + "', 'bytesPerSecond': null}]}";

        keeps(sink, "{}", 400_000);
        keeps(sink, "{'in': null}", 500_000);
        keeps(sink, from, 600_000);
        keeps(sink, "{'total': null}", 700_000);
        keeps(source, to, 800_000);
        keeps(source, "{'total': null}", 900_000);
        source.emulate(json("{'out': null}"));
        assertThat(source.emulation()).isEqualTo(Networks.of());
        assertThat(meter.rate(Duration.ofMillis(500))).isGreaterThan(5_000_000);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void a_link_goes_on_owing_what_it_owes_while_other_things_are_changed(boolean sends) {
        Node capped = sends ? source : sink;
        Testbed.emulate(
                capped, Networks.of(sends ? Networks.to(sink.id(), 10_000) : Networks.from(source.id(), 10_000)));
        flow();
        Mark before = meter.last();
        for (int i = 0; i < 40; i++) {
            capped.emulate(json("{'seed': " + i + "}"));
            Await.passes(Duration.ofMillis(10));
        }
        Await.until("one more arrives", () -> meter.last().messages() > before.messages());

        assertThat(meter.last().rateSince(before)).isLessThan(20_000); // a message for each change would be 100 KB/s
    }

    private void keeps(Node node, String change, long rate) {
        double error = 1;
        for (int round = 0; round < ROUNDS && Math.abs(error) > 0.05; round++) {
            error = errorAfter(node, change, rate);
        }
        System.out.println("after " + change + " " + rate + ", error " + error);
        assertThat(Math.abs(error)).isLessThanOrEqualTo(0.05);
    }

    @Test
    void a_link_that_is_not_there_is_refused_and_nothing_is_changed() {
        flow();
        Emulation before = source.emulate(json("{'out': 5000000}"));

        assertThatThrownBy(() ->
                        source.emulate(json("{'out': 1000, 'links': [{'to': '127.0.0.1:1', 'bytesPerSecond': 5000}]}")))
                .isInstanceOf(RefusedException.class)
                .hasMessageContaining("127.0.0.1:1");
        assertThatThrownBy(() ->
                        source.emulate(json("{'links': [{'from': '" + sink.id() + "', 'bytesPerSecond': 5000}]}")))
                .isInstanceOf(RefusedException.class);
        assertThat(source.emulation()).isEqualTo(before);
        assertThat(sink.emulate(json("{'links': [{'from': '" + source.id() + "', 'bytesPerSecond': 5000}]}"))
                        .links())
                .containsExactly(Networks.from(source.id(), 5_000));
    }

    /** Asks for an emulation with the text of each message that it is told. */
    private static final class Asking extends BasicAlgorithm {
        @Override
        public Disposition process(Message message) {
            if (message.type() == MessageType.CUSTOM) {
                send(
                        Message.builder(place().self(), MessageType.EMULATE)
                                .payload(message.text())
                                .build(),
                        place().self());
                return Disposition.DONE;
            }
            return super.process(message);
        }
    }

    private static void tell(Node node, String text) {
        node.tell(Message.builder(node.id(), MessageType.CUSTOM)
                .payload(text.replace('\'', '"'))
                .build());
    }

    @Test
    void an_algorithm_changes_its_network_and_a_wrong_wish_is_counted_and_said() {
        Node node = testbed.node("asking");
        Testbed.serve(node, new Asking());

        tell(node, "{'in': 70000}");
        Await.until("it is changed", () -> node.emulation().in().equals(OptionalLong.of(70_000)));
        for (String wrong : new String[] {"", "5", "{", "[]", "{'in': -1}", "{'in': 'much'}", "{'speed': 5}"}) {
            tell(node, wrong);
        }
        Await.until("all are refused", () -> Testbed.count(node, "control.refused") == 7);
        assertThat(testbed.happened("request.refused")).hasSize(7);
        assertThat(node.emulation().in()).hasValue(70_000);
        assertThat(testbed.happened("network.changed"))
                .as("told")
                .singleElement()
                .satisfies(event -> {
                    assertThat(event.detail().get("change")).isEqualTo(json("{'in': 70000}"));
                    assertThat(event.detail().get("application").getAsLong()).isZero();
                });
    }
}

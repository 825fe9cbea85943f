package ioverlay.algo.relay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.JsonObject;
import ioverlay.algo.relay.FakePlace.Sent;
import ioverlay.api.Algorithm;
import ioverlay.api.Disposition;
import ioverlay.api.Message;
import ioverlay.api.MessageType;
import ioverlay.api.NodeId;
import ioverlay.api.State;
import ioverlay.api.WrittenBy;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What every version of the relay does. */
abstract class RelayContract {
    static final NodeId B = NodeId.parse("127.0.0.1:7002");
    static final NodeId C = NodeId.parse("127.0.0.1:7003");
    static final String TO_B_AND_C = "{'next': ['127.0.0.1:7002', '127.0.0.1:7003']}";

    /** A new instance of the version under test. */
    abstract Algorithm relay();

    final Algorithm begun(FakePlace place) {
        Algorithm relay = relay();
        relay.begin(place);
        return relay;
    }

    static Message data(int type) {
        return Message.builder(B, type).application(7).payload(new byte[76]).build();
    }

    static Message configure(String settings) {
        return Message.builder(B, MessageType.CONFIGURE)
                .payload(settings.replace('\'', '"'))
                .build();
    }

    @Test
    void data_goes_to_all_next_hops_and_the_application_in_one_send() {
        FakePlace place = new FakePlace(TO_B_AND_C);
        Message message = data(MessageType.DATA);
        assertThat(begun(place).process(message)).isEqualTo(Disposition.DONE);
        assertThat(place.sent).containsExactly(new Sent(message, List.of(B, C, FakePlace.SELF)));
    }

    @ParameterizedTest
    @ValueSource(ints = {0x0002, 0x0100, 0x1fff, 0x2001})
    void any_data_type_is_relayed(int type) {
        FakePlace place = new FakePlace(TO_B_AND_C);
        begun(place).process(data(type));
        assertThat(place.sent).hasSize(1);
    }

    @Test
    void the_application_gets_nothing_if_told_so() {
        FakePlace place = new FakePlace("{'next': ['127.0.0.1:7002'], 'deliver': false}");
        begun(place).process(data(MessageType.DATA));
        assertThat(place.sent.getFirst().destinations()).containsExactly(B);
    }

    @Test
    void without_settings_data_goes_to_the_application_only() {
        FakePlace place = new FakePlace("{}");
        begun(place).process(data(MessageType.DATA));
        assertThat(place.sent.getFirst().destinations()).containsExactly(FakePlace.SELF);
    }

    @Test
    void control_messages_are_not_relayed() {
        FakePlace place = new FakePlace(TO_B_AND_C);
        assertThat(begun(place).process(data(MessageType.CUSTOM))).isEqualTo(Disposition.DONE);
        assertThat(place.sent).isEmpty();
    }

    @Test
    void the_status_counts_messages_and_bytes() {
        Algorithm relay = begun(new FakePlace(TO_B_AND_C));
        relay.process(data(MessageType.DATA));
        relay.process(data(MessageType.DATA));
        relay.process(data(MessageType.CUSTOM));
        assertThat(relay.status().get("messages").getAsLong()).isEqualTo(2);
        assertThat(relay.status().get("bytes").getAsLong()).isEqualTo(200);
        assertThat(relay.status().get("next")).hasToString("[\"127.0.0.1:7002\",\"127.0.0.1:7003\"]");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '%',
            value = {
                "{'nxt': []}                        | the relay's settings are next and deliver, not nxt",
                "{'next': '127.0.0.1:7002'}         | next is an array of nodes, not \"127.0.0.1:7002\"",
                "{'next': ['localhost:1']}          | next names nodes as IPv4:port, for example 127.0.0.1:7000, not"
                        + " \"localhost:1\"",
                "{'next': [null]}                   | next names nodes as IPv4:port, for example 127.0.0.1:7000, not null",
                "{'next': [{}]}                     | next names nodes as IPv4:port, for example 127.0.0.1:7000, not {}",
                "{'next': ['127.0.0.1:7001']}       | next does not name the node itself, not 127.0.0.1:7001",
                "{'next': ['127.0.0.1:2', '127.0.0.1:2']} | next names each node once, not 127.0.0.1:2",
                "{'deliver': 'yes'}                 | deliver is true or false, not \"yes\"",
            })
    void a_wrong_setting_is_refused_with_rule_and_value(String settings, String sentence) {
        assertThatThrownBy(() -> begun(new FakePlace(settings)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(sentence);
    }

    @Test
    void too_many_next_hops_are_refused() {
        StringBuilder next = new StringBuilder();
        for (int port = 1; port <= 101; port++) {
            next.append(port == 1 ? "" : ",").append("'127.0.0.2:").append(port).append('\'');
        }
        assertThatThrownBy(() -> begun(new FakePlace("{'next': [" + next + "]}")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("next has at most 100 nodes, not 101");
    }

    @Test
    void configure_replaces_the_settings() {
        FakePlace place = new FakePlace(TO_B_AND_C);
        Algorithm relay = begun(place);
        relay.process(configure("{'next': ['127.0.0.1:7003'], 'deliver': false}"));
        relay.process(data(MessageType.DATA));
        assertThat(place.sent.getLast().destinations()).containsExactly(C);
    }

    @Test
    void an_empty_configure_means_the_defaults() {
        FakePlace place = new FakePlace(TO_B_AND_C);
        Algorithm relay = begun(place);
        relay.process(configure(""));
        relay.process(data(MessageType.DATA));
        assertThat(place.sent.getLast().destinations()).containsExactly(FakePlace.SELF);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{'next': 5}", "[]", "{", "5"})
    void a_wrong_configure_is_traced_and_the_settings_stay(String settings) {
        FakePlace place = new FakePlace(TO_B_AND_C);
        Algorithm relay = begun(place);
        relay.process(configure(settings));
        assertThat(place.sent).hasSize(1);
        assertThat(place.sent.getFirst().message().type()).isEqualTo(MessageType.TRACE);
        assertThat(place.sent.getFirst().message().text()).startsWith("relay keeps its settings: ");
        relay.process(data(MessageType.DATA));
        assertThat(place.sent.getLast().destinations()).containsExactly(B, C, FakePlace.SELF);
    }

    @Test
    void the_trace_of_a_huge_wrong_configure_is_short() {
        FakePlace place = new FakePlace(TO_B_AND_C);
        begun(place).process(configure("{'next': '" + "x".repeat(60_000) + "'}"));
        assertThat(place.sent.getFirst().message().payloadSize()).isLessThan(300);
    }

    @Test
    void counters_and_configured_settings_move_to_the_successor() throws Exception {
        Algorithm old = begun(new FakePlace(TO_B_AND_C));
        old.process(data(MessageType.DATA));
        old.process(configure("{'next': ['127.0.0.1:7003'], 'deliver': false}"));
        FakePlace place = new FakePlace(TO_B_AND_C);
        Algorithm successor = begun(place);
        successor.restore(old.save(), new WrittenBy("relay", "1.0.0"));
        successor.process(data(MessageType.DATA));
        assertThat(place.sent.getLast().destinations()).containsExactly(C);
        assertThat(successor.status().get("messages").getAsLong()).isEqualTo(2);
        assertThat(successor.status().get("bytes").getAsLong()).isEqualTo(200);
        assertThat(successor.status().get("next")).hasToString("[\"127.0.0.1:7003\"]");
    }

    @Test
    void state_of_an_unknown_minor_version_is_taken_as_far_as_it_is_known() throws Exception {
        FakePlace place = new FakePlace(TO_B_AND_C);
        Algorithm relay = begun(place);
        JsonObject values = FakePlace.json("{'messages': 5, 'colour': 'blue'}");
        relay.restore(State.of(values), new WrittenBy("relay", "1.9.0"));
        relay.process(data(MessageType.DATA));
        assertThat(relay.status().get("messages").getAsLong()).isEqualTo(6);
        assertThat(place.sent.getLast().destinations()).containsExactly(B, C, FakePlace.SELF);
    }

    @Test
    void settings_that_do_not_fit_the_node_veto_the_swap() {
        JsonObject values = FakePlace.json("{'settings': {'next': ['127.0.0.1:7001']}}");
        assertThatThrownBy(() -> begun(new FakePlace("{}")).restore(State.of(values), new WrittenBy("relay", "1.0.0")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("next does not name the node itself, not 127.0.0.1:7001");
    }
}

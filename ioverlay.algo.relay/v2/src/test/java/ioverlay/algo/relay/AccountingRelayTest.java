package ioverlay.algo.relay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.JsonObject;
import ioverlay.api.Algorithm;
import ioverlay.api.Message;
import ioverlay.api.MessageType;
import ioverlay.api.NodeId;
import ioverlay.api.State;
import ioverlay.api.WrittenBy;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Version 2.0, and its state on the way up and down. */
class AccountingRelayTest extends RelayContract {
    private static final WrittenBy V1_0 = new WrittenBy("relay", "1.0.0");
    private static final WrittenBy V1_1 = new WrittenBy("relay", "1.1.0");
    private static final WrittenBy V2_0 = new WrittenBy("relay", "2.0.0");

    @Override
    Algorithm relay() {
        return new AccountingRelay();
    }

    private static Algorithm next(Algorithm next, Algorithm before, WrittenBy version) throws Exception {
        next.begin(new FakePlace(TO_B_AND_C));
        next.restore(before.save(), version);
        return next;
    }

    private static void receive(Algorithm relay, NodeId upstream, int payload) {
        relay.process(Message.builder(upstream, MessageType.DATA)
                .payload(new byte[payload])
                .build());
    }

    private static JsonObject received(Algorithm relay) {
        return relay.status().getAsJsonObject("received");
    }

    private static void assertSums(Algorithm relay, long messages, long bytes) {
        assertThat(relay.status().get("messages").getAsLong()).isEqualTo(messages);
        assertThat(relay.status().get("bytes").getAsLong()).isEqualTo(bytes);
    }

    @Test
    void upstreams_are_told_apart_with_messages_and_bytes() {
        Algorithm relay = begun(new FakePlace("{}"));
        receive(relay, C, 76);
        receive(relay, B, 6);
        receive(relay, C, 26);
        assertThat(received(relay))
                .hasToString("{\"upstreams\":{\"127.0.0.1:7002\":{\"messages\":1,\"bytes\":30},"
                        + "\"127.0.0.1:7003\":{\"messages\":2,\"bytes\":150}}}");
        assertSums(relay, 3, 180);
    }

    @Test
    void upstreams_beyond_the_limit_are_counted_together() throws Exception {
        Algorithm relay = begun(new FakePlace("{}"));
        for (int port = 1; port <= 2 * Accounts.MAX_UPSTREAMS; port++) {
            receive(relay, NodeId.parse("127.0.0.2:" + port), 0);
        }
        Algorithm successor = next(new AccountingRelay(), relay, V2_0);
        assertThat(received(successor)).isEqualTo(received(relay));
        assertThat(received(successor).getAsJsonObject("upstreams").size()).isEqualTo(Accounts.MAX_UPSTREAMS);
        assertThat(received(successor).getAsJsonObject("others").get("messages").getAsLong())
                .isEqualTo(Accounts.MAX_UPSTREAMS);
    }

    @Test
    void the_sums_go_up_through_all_versions_and_down_again() throws Exception {
        Algorithm first = new Relay();
        first.begin(new FakePlace(TO_B_AND_C));
        receive(first, B, 76);
        Algorithm second = next(new MeteredRelay(), first, V1_0);
        receive(second, B, 76);
        Algorithm third = next(new AccountingRelay(), second, V1_1);
        receive(third, C, 76);
        assertSums(third, 3, 300);
        assertThat(received(third))
                .hasToString("{\"upstreams\":{\"127.0.0.1:7003\":{\"messages\":1,\"bytes\":100}},"
                        + "\"earlier\":{\"messages\":2,\"bytes\":200}}");
        Algorithm fourth = next(new MeteredRelay(), third, V2_0);
        receive(fourth, C, 76);
        assertSums(fourth, 4, 400);
        Algorithm fifth = next(new Relay(), fourth, V1_1);
        receive(fifth, C, 76);
        assertSums(fifth, 5, 500);
    }

    @Test
    void what_older_versions_have_no_place_for_is_counted_as_earlier_when_this_one_comes_back() throws Exception {
        Algorithm relay = begun(new FakePlace("{}"));
        receive(relay, C, 76);
        Algorithm older = next(new Relay(), relay, V2_0);
        receive(older, C, 76);
        assertThat(received(next(new AccountingRelay(), older, V1_0)))
                .hasToString("{\"upstreams\":{},\"earlier\":{\"messages\":2,\"bytes\":200}}");
    }

    @Test
    void it_may_go_straight_down_to_the_first_version_with_its_settings() throws Exception {
        Algorithm relay = begun(new FakePlace(TO_B_AND_C));
        relay.process(configure("{'next': ['127.0.0.1:7003']}"));
        receive(relay, B, 76);
        assertThat(next(new Relay(), relay, V2_0).status())
                .hasToString("{\"messages\":1,\"bytes\":100,\"next\":[\"127.0.0.1:7003\"]}");
    }

    @Test
    void state_of_a_later_major_version_is_refused() {
        Algorithm relay = begun(new FakePlace("{}"));
        assertThatThrownBy(() -> relay.restore(relay.save(), new WrittenBy("relay", "3.0.1")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("relay 2.0 takes over the state of 1.x and 2.x, not of 3.0.1");
    }

    @Test
    void of_another_algorithm_it_takes_no_counters() throws Exception {
        Algorithm relay = begun(new FakePlace("{}"));
        relay.restore(State.of(FakePlace.json("{'messages': 'many'}")), new WrittenBy("tree", "3.0.0"));
        assertSums(relay, 0, 0);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '%',
            value = {
                "1.1.0 | {'messages': -1}  | the relay's count of messages is a whole number of 0 or more, not -1",
                "1.0.0 | {'bytes': 'many'} | the relay's count of bytes is a whole number of 0 or more, not \"many\"",
                "1.0.0 | {'bytes': {}}     | the relay's count of bytes is a whole number of 0 or more, not {}",
                "2.0.0 | {'messages': 1}   | the state of relay 2.x has an object 'received', not null",
                "2.0.0 | {'received': {'others': 1}} | 'others' in the relay's state is an object, not 1",
                "2.0.0 | {'received': {'upstreams': {'127.0.0.1:1': []}}} | '127.0.0.1:1' in the relay's state is an object,"
                        + " not []",
            })
    void state_that_is_not_as_its_version_writes_it_is_refused(String version, String values, String sentence) {
        Algorithm relay = begun(new FakePlace("{}"));
        WrittenBy writtenBy = new WrittenBy("relay", version);
        assertThatThrownBy(() -> relay.restore(State.of(FakePlace.json(values)), writtenBy))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(sentence);
    }

    @Test
    void more_upstreams_than_are_told_apart_are_refused() {
        JsonObject upstreams = new JsonObject();
        for (int port = 1; port <= Accounts.MAX_UPSTREAMS + 1; port++) {
            upstreams.add("127.0.0.2:" + port, new JsonObject());
        }
        JsonObject received = new JsonObject();
        received.add("upstreams", upstreams);
        JsonObject values = new JsonObject();
        values.add("received", received);
        assertThatThrownBy(() -> begun(new FakePlace("{}")).restore(State.of(values), V2_0))
                .hasMessage("the relay tells at most 64 upstreams apart, not 65");
    }
}

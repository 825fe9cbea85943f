package ioverlay.algo.relay;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import ioverlay.algo.relay.FakePlace.Sent;
import ioverlay.api.Algorithm;
import ioverlay.api.Message;
import ioverlay.api.MessageType;
import ioverlay.api.NodeId;
import ioverlay.api.WrittenBy;
import java.util.HexFormat;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Two versions as neighbours, as when one node alone tries a new one: the relay's own messages, both ways. */
class NeighboursTest {
    private static final NodeId ABOVE = NodeId.parse("127.0.0.1:7001");
    private static final NodeId BELOW = NodeId.parse("127.0.0.1:7002");

    private final FakePlace above = new FakePlace(ABOVE, "{'next': ['127.0.0.1:7002'], 'deliver': false}");
    private final FakePlace below = new FakePlace(BELOW, "{}");

    private static Algorithm version(String version, FakePlace place) {
        Supplier<Algorithm> relay = switch (version) {
            case "1.0" -> Relay::new;
            case "1.1" -> MeteredRelay::new;
            default -> AccountingRelay::new;
        };
        Algorithm begun = relay.get();
        begun.begin(place);
        return begun;
    }

    /** Gives one what the other has sent to it. */
    private static void pass(FakePlace from, NodeId node, Algorithm to) {
        List<Sent> sent = List.copyOf(from.sent);
        from.sent.clear();
        sent.stream().filter(each -> each.destinations().contains(node)).forEach(each -> to.process(each.message()));
    }

    private static Message command() {
        return Message.builder(ABOVE, MessageType.CUSTOM).params(1, 0).build();
    }

    /** Three messages go down, then the upper one asks and the lower one answers, if they can. */
    private void talk(Algorithm upper, Algorithm lower) {
        for (int sequence = 0; sequence < 3; sequence++) {
            upper.process(Message.builder(ABOVE, MessageType.DATA)
                    .sequence(sequence)
                    .payload(new byte[76])
                    .build());
        }
        upper.process(command());
        pass(above, BELOW, lower);
        pass(below, ABOVE, upper);
    }

    @ParameterizedTest(name = "{0} above {1}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '%',
            value = {
                "1.1 | 1.0 | {\"ignored\":0}",
                "1.1 | 1.1 | {\"127.0.0.1:7002\":3,\"ignored\":0}",
                "1.1 | 2.0 | {\"127.0.0.1:7002\":3,\"ignored\":0}",
                "2.0 | 1.0 | {\"ignored\":0}",
                "2.0 | 1.1 | {\"127.0.0.1:7002\":{\"protocol\":1,\"messages\":3},\"ignored\":0}",
                "2.0 | 2.0 | {\"127.0.0.1:7002\":{\"protocol\":2,\"messages\":3,\"bytes\":300},\"ignored\":0}",
            })
    void each_version_understands_what_its_neighbour_can_tell(String upper, String lower, String receipts) {
        Algorithm upstream = version(upper, above);
        Algorithm downstream = version(lower, below);
        talk(upstream, downstream);
        assertThat(upstream.status().getAsJsonObject("receipts")).hasToString(receipts);
        assertThat(downstream.status().get("messages").getAsLong()).isEqualTo(3);
        if (!lower.equals("1.0")) {
            assertThat(downstream.status().getAsJsonObject("receipts")).hasToString("{\"ignored\":0}");
        }
    }

    @ParameterizedTest(name = "1.0 above {0}")
    @ValueSource(strings = {"1.0", "1.1", "2.0"})
    void the_first_version_asks_nothing_and_its_data_arrives(String lower) {
        Algorithm upstream = version("1.0", above);
        Algorithm downstream = version(lower, below);
        talk(upstream, downstream);
        assertThat(upstream.status()).hasToString("{\"messages\":3,\"bytes\":300,\"next\":[\"127.0.0.1:7002\"]}");
        assertThat(downstream.status().get("messages").getAsLong()).isEqualTo(3);
    }

    @Test
    void an_answer_for_a_newer_version_that_has_left_is_ignored_and_counted() throws Exception {
        Algorithm newer = version("2.0", above);
        newer.process(command());
        pass(above, BELOW, version("2.0", below));
        Algorithm back = version("1.1", above);
        back.restore(newer.save(), new WrittenBy("relay", "2.0.0"));
        pass(below, ABOVE, back);
        assertThat(back.status().getAsJsonObject("receipts")).hasToString("{\"ignored\":1}");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "00 02 00 02 00 00 00",
                "00 02 00 02 00 00 00 01 00 00 00 00 00 00 00 05",
                "00 03 00 01 00 00 00 01",
                "00 02 00 01 00 00 00 01",
                "00 03 00 02 00 00 00 01 00 00 00 00 00 00 00 05 00 00 00 00 00 00 00 05",
                "00 02 00 03 00 00 00 01 00 00 00 00 00 00 00 05 00 00 00 00 00 00 00 05",
                "00 02 00 02 00 00 00 02 00 00 00 00 00 00 00 05 00 00 00 00 00 00 00 05",
            })
    void the_newest_ignores_and_counts_what_it_does_not_know(String hex) {
        Algorithm relay = version("2.0", above);
        relay.process(command());
        above.sent.clear();
        relay.process(Message.builder(BELOW, 0x8101)
                .payload(HexFormat.ofDelimiter(" ").parseHex(hex))
                .build());
        assertThat(relay.status().getAsJsonObject("receipts")).hasToString("{\"ignored\":1}");
        assertThat(above.sent).isEmpty();
    }

    @Test
    void the_newest_believes_its_next_hops_alone() {
        Algorithm relay = version("2.0", above);
        relay.process(command());
        relay.process(Message.builder(NodeId.parse("127.0.0.1:7003"), 0x8101)
                .payload(HexFormat.ofDelimiter(" ").parseHex("00 01 00 02 00 00 00 01 00 00 00 00 00 00 00 05"))
                .build());
        JsonObject receipts = relay.status().getAsJsonObject("receipts");
        assertThat(receipts).hasToString("{\"ignored\":1}");
    }
}

package ioverlay.algo.relay;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import ioverlay.api.Algorithm;
import ioverlay.api.Message;
import ioverlay.api.MessageType;
import ioverlay.api.NodeId;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The messages of protocol 1, bit by bit: later versions must go on to understand them. */
class ReceiptsTest {
    private static final NodeId B = NodeId.parse("127.0.0.1:7002");
    private static final NodeId C = NodeId.parse("127.0.0.1:7003");

    private final FakePlace place = new FakePlace("{'next': ['127.0.0.1:7002']}");
    private final Algorithm relay = begun();

    private Algorithm begun() {
        Algorithm begun = new MeteredRelay();
        begun.begin(place);
        return begun;
    }

    private void askForReceipts() {
        relay.process(Message.builder(B, MessageType.CUSTOM).params(1, 0).build());
    }

    private void receive(NodeId from, String hex) {
        relay.process(Message.builder(from, 0x8101)
                .payload(HexFormat.ofDelimiter(" ").parseHex(hex))
                .build());
    }

    private static String hex(Message message) {
        byte[] bytes = new byte[message.payloadSize()];
        message.payload().get(bytes);
        return HexFormat.ofDelimiter(" ").formatHex(bytes);
    }

    private JsonObject receipts() {
        return relay.status().getAsJsonObject("receipts");
    }

    @Test
    void a_custom_command_asks_the_next_hops() {
        askForReceipts();
        assertThat(place.sent).hasSize(1);
        assertThat(place.sent.getFirst().destinations()).containsExactly(B);
        assertThat(place.sent.getFirst().message().type()).isEqualTo(0x8101);
        assertThat(hex(place.sent.getFirst().message())).isEqualTo("00 01 00 01 00 00 00 01");
    }

    @Test
    void without_next_hops_nobody_is_asked() {
        FakePlace alone = new FakePlace("{}");
        Algorithm leaf = new MeteredRelay();
        leaf.begin(alone);
        leaf.process(Message.builder(B, MessageType.CUSTOM).params(1, 0).build());
        assertThat(alone.sent).isEmpty();
    }

    @Test
    void who_asks_is_told_how_many_of_its_messages_came() {
        relay.process(Message.builder(C, MessageType.DATA).build());
        relay.process(Message.builder(C, MessageType.DATA).build());
        relay.process(Message.builder(B, MessageType.DATA).build());
        place.sent.clear();
        receive(C, "00 01 00 01 00 00 00 07");
        assertThat(place.sent.getFirst().destinations()).isEqualTo(List.of(C));
        assertThat(hex(place.sent.getFirst().message())).isEqualTo("00 01 00 02 00 00 00 07 00 00 00 00 00 00 00 02");
    }

    @Test
    void who_sent_nothing_is_told_so() {
        receive(C, "00 01 00 01 00 00 00 07");
        assertThat(hex(place.sent.getFirst().message())).endsWith("00 00 00 00 00 00 00 00");
    }

    @Test
    void a_question_that_says_more_is_answered_as_far_as_it_is_known() {
        receive(C, "00 01 00 01 00 00 00 07 00 02");
        assertThat(hex(place.sent.getFirst().message())).startsWith("00 01 00 02 00 00 00 07");
    }

    @Test
    void what_a_next_hop_tells_is_in_the_status() {
        askForReceipts();
        receive(B, "00 01 00 02 00 00 00 01 00 00 00 00 00 00 00 05 ff ff");
        assertThat(receipts()).hasToString("{\"127.0.0.1:7002\":5,\"ignored\":0}");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "00 01",
                "00 01 00 02 00 00 00",
                "00 01 00 02 00 00 00 01 00 00 00",
                "00 00 00 02 00 00 00 01 00 00 00 00 00 00 00 05",
                "00 02 00 02 00 00 00 01 00 00 00 00 00 00 00 05 00 00 00 00 00 00 00 05",
                "00 01 00 03 00 00 00 01 00 00 00 00 00 00 00 05",
                "00 01 00 02 00 00 00 02 00 00 00 00 00 00 00 05",
            })
    void other_protocols_and_kinds_broken_messages_and_late_answers_are_ignored_and_counted(String hex) {
        askForReceipts();
        place.sent.clear();
        receive(B, hex);
        assertThat(receipts()).hasToString("{\"ignored\":1}");
        assertThat(place.sent).isEmpty();
    }

    @Test
    void who_is_no_next_hop_is_not_believed() {
        askForReceipts();
        receive(C, "00 01 00 02 00 00 00 01 00 00 00 00 00 00 00 05");
        assertThat(receipts()).hasToString("{\"ignored\":1}");
    }
}

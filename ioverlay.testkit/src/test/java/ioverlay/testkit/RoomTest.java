package ioverlay.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import ioverlay.api.BasicAlgorithm;
import ioverlay.api.Disposition;
import ioverlay.api.Message;
import ioverlay.api.MessageType;
import ioverlay.api.NodeId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What happens where there is no room, no way, or no neighbour any more. */
final class RoomTest {
    /** Sends data on to b, and data to b at each CUSTOM; writes down notices. */
    private static final class Sending extends BasicAlgorithm {
        final List<String> notices = new ArrayList<>();

        @Override
        public Disposition process(Message message) {
            if (!MessageType.isControl(message.type())) {
                send(message, Peers.B);
            } else if (message.type() == MessageType.CUSTOM) {
                for (int i = 0; i < message.param1(); i++) {
                    send(message(MessageType.DATA).sequence(i).build(), Peers.B);
                }
                send(message(0x8100).build(), Peers.B);
            } else if (message.type() == MessageType.ROOM) {
                notices.add("room");
            } else {
                notices.add(notice(message));
            }
            return Disposition.DONE;
        }

        private static String notice(Message message) {
            byte[] sentence = new byte[message.payloadSize() - NodeId.BYTES];
            message.payload().get(NodeId.BYTES, sentence);
            String subject = message.subject()
                    .map(about -> ", about " + about.sequence())
                    .orElse("");
            return "0x" + Integer.toHexString(message.type()) + " " + message.param1() + " " + message.param2() + " "
                    + peer(message) + " " + new String(sentence, java.nio.charset.StandardCharsets.UTF_8) + subject;
        }
    }

    private final Sending sending = new Sending();
    private final TestNode node = TestNode.with(sending).start();

    private void data(NodeId from, String text) {
        node.receive(node.data(from, text));
    }

    private void custom(int messages) {
        node.receive(
                node.message(MessageType.CUSTOM, Peers.C).params(messages, 0).build());
    }

    private List<String> texts() {
        return node.sentTo(Peers.B).stream().map(Message::text).toList();
    }

    @Test
    void data_without_room_waits_and_holds_up_the_upstream_it_came_from() {
        node.block(Peers.B);
        data(Peers.C, "1");
        data(Peers.C, "2");
        assertThat(texts()).isEmpty();
        assertThat(node.waitingToLeave()).isEqualTo(1);
        assertThat(node.waitingToBeProcessed()).isEqualTo(1);
        node.unblock(Peers.B);
        assertThat(texts()).containsExactly("1", "2");
        assertThat(node.waitingToLeave()).isZero();
        assertThat(node.waitingToBeProcessed()).isZero();
    }

    @Test
    void other_upstreams_queue_behind_in_their_order() {
        node.block(Peers.B);
        data(Peers.C, "1");
        data(Peers.B, "2");
        data(Peers.C, "3");
        node.unblock(Peers.B);
        assertThat(texts()).containsExactly("1", "2", "3");
        assertThat(sending.notices).isEmpty();
    }

    @Test
    void live_data_without_room_is_skipped() {
        node.block(Peers.B);
        node.receive(node.message(MessageType.LIVE | MessageType.DATA, Peers.C).build());
        node.unblock(Peers.B);
        assertThat(node.sent()).isEmpty();
    }

    @Test
    void control_passes_where_data_finds_no_room() {
        node.block(Peers.B);
        custom(1);
        assertThat(node.sentTo(Peers.B)).extracting(Message::type).containsExactly(0x8100);
    }

    @Test
    void what_control_caused_is_refused_beyond_the_bound_and_room_follows() {
        node.block(Peers.B);
        custom(258);
        assertThat(node.waitingToLeave()).isEqualTo(256);
        assertThat(sending.notices)
                .containsExactly(
                        "0xc105 1 0 127.0.0.1:7001 the slot's origin lane is full, about 256",
                        "0xc105 1 0 127.0.0.1:7001 the slot's origin lane is full, about 257");
        node.unblock(Peers.B);
        assertThat(sending.notices).hasSize(3).endsWith("room");
    }

    @Test
    void a_full_origin_lane_refuses_at_once_and_only_what_no_data_caused() {
        node.block(Peers.B).fillOriginLane();
        data(Peers.C, "1");
        custom(1);
        assertThat(sending.notices).hasSize(1);
        assertThat(node.waitingToLeave()).isEqualTo(1);
        node.unblock(Peers.B);
        assertThat(sending.notices).hasSize(2).endsWith("room");
    }

    @Test
    void an_application_without_room_holds_up_its_deliveries() {
        BasicAlgorithm delivering = new BasicAlgorithm() {
            @Override
            public Disposition process(Message message) {
                deliver(message);
                return Disposition.DONE;
            }
        };
        TestNode other = TestNode.with(delivering).start();
        other.block(other.self()).receive(other.data(Peers.B, "1"));
        assertThat(other.delivered()).isEmpty();
        assertThat(other.unblock(other.self()).delivered()).hasSize(1);
    }

    @Test
    void what_cannot_be_sent_comes_back() {
        node.cutOff(Peers.B, "gone");
        data(Peers.C, "1");
        assertThat(sending.notices).containsExactly("0xc104 1 0 127.0.0.1:7001 gone, about 0");
        node.reconnect(Peers.B);
        data(Peers.C, "2");
        assertThat(texts()).containsExactly("2");
    }

    @Test
    void links_come_and_go_as_the_test_says() {
        node.linkUp(Peers.C, Direction.UPSTREAM)
                .linkClosed(Peers.C, Direction.UPSTREAM)
                .linkFailed(Peers.B, Direction.DOWNSTREAM, 3, "reset");
        assertThat(sending.notices)
                .containsExactly(
                        "0xc101 1 0 127.0.0.1:7002 ", "0xc103 1 0 127.0.0.1:7002 ", "0xc102 2 3 127.0.0.1:7001 reset");
    }

    @Test
    void what_waits_for_a_link_that_fails_is_lost_and_its_upstream_goes_on() {
        node.block(Peers.B);
        data(Peers.C, "1");
        data(Peers.C, "2");
        node.linkFailed(Peers.B, Direction.DOWNSTREAM, 0, "reset");
        node.unblock(Peers.B);
        assertThat(texts()).containsExactly("2");
    }

    @Test
    void sent_messages_know_their_time() {
        node.advance(Duration.ofMillis(3));
        data(Peers.C, "1");
        assertThat(node.sent().getFirst().at()).isEqualTo(Duration.ofMillis(3));
        assertThat(node.sent().getFirst().toString()).startsWith("to 127.0.0.1:7001 at PT0.003S: message ");
        assertThat(node.sent().getFirst().type()).isEqualTo(MessageType.DATA);
    }
}

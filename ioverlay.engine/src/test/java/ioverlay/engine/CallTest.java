package ioverlay.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import ioverlay.api.Engine;
import ioverlay.api.Header;
import ioverlay.api.Message;
import ioverlay.api.MessageType;
import ioverlay.api.NodeId;
import ioverlay.io.message.Call;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class CallTest {
    private static final NodeId NEXT = NodeId.parse("127.0.0.1:7001");
    private static final NodeId OTHER = NodeId.parse("127.0.0.1:7002");

    private final Call call = new Call();

    private static Message message(int payloadSize) {
        return Message.builder(Messages.SENDER, MessageType.DATA)
                .payload(new byte[payloadSize])
                .build();
    }

    private static NodeId[] times(int destinations) {
        NodeId[] all = new NodeId[destinations];
        Arrays.fill(all, NEXT);
        return all;
    }

    @Test
    void sends_are_kept_in_their_order_one_per_destination() {
        Message first = message(1);
        Message second = message(2);
        call.open();
        call.stage(first, new NodeId[] {NEXT, OTHER});
        call.stage(second, new NodeId[] {NEXT});
        assertThat(call.sends()).isEqualTo(3);
        assertThat(call.message(1)).isSameAs(first);
        assertThat(call.destination(1)).isEqualTo(OTHER);
        assertThat(call.message(2)).isSameAs(second);
    }

    @Test
    void nothing_is_sent_outside_a_call() {
        assertThatIllegalStateException()
                .isThrownBy(() -> call.stage(message(0), new NodeId[] {NEXT}))
                .withMessageContaining("within the algorithm's own calls only");
        call.open();
        call.close();
        assertThatIllegalStateException().isThrownBy(() -> call.stage(message(0), new NodeId[] {NEXT}));
    }

    @Test
    void as_many_sends_as_are_allowed_are_allowed() {
        call.open();
        call.stage(message(0), times(Engine.MAX_SENDS_PER_CALL));
        assertThat(call.sends()).isEqualTo(Engine.MAX_SENDS_PER_CALL);
        assertThat(call.isBroken()).isFalse();
    }

    @Test
    void one_send_more_breaks_the_call_even_if_the_algorithm_does_not_notice() {
        call.open();
        call.stage(message(0), times(Engine.MAX_SENDS_PER_CALL));
        assertThatIllegalStateException()
                .isThrownBy(() -> call.stage(message(0), new NodeId[] {NEXT}))
                .withMessageContaining("at most 1024 messages and 4194304 bytes, not 1025");
        assertThat(call.isBroken()).isTrue();
    }

    @Test
    void bytes_are_counted_with_headers_and_once_however_many_destinations() {
        int payload = (Engine.MAX_BYTES_PER_CALL >> 2) - Header.BYTES;
        call.open();
        for (int i = 0; i < 4; i++) {
            call.stage(message(payload), times(20));
        }
        assertThat(call.isBroken()).isFalse();
        assertThatIllegalStateException().isThrownBy(() -> call.stage(message(0), times(1)));
    }

    @Test
    void a_send_to_nobody_is_nothing() {
        call.open();
        call.stage(message(5), new NodeId[0]);
        assertThat(call.sends()).isZero();
    }

    @Test
    void a_cleared_call_starts_anew() {
        call.open();
        call.stage(message(0), times(Engine.MAX_SENDS_PER_CALL));
        call.clear();
        call.open();
        call.stage(message(100), times(Engine.MAX_SENDS_PER_CALL));
        assertThat(call.sends()).isEqualTo(Engine.MAX_SENDS_PER_CALL);
    }

    @Test
    void a_new_call_is_not_broken_by_an_old_one() {
        call.open();
        assertThatIllegalStateException().isThrownBy(() -> call.stage(message(0), times(5000)));
        call.clear();
        call.open();
        assertThat(call.isBroken()).isFalse();
    }
}

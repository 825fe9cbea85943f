package ioverlay.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.JsonObject;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.ReadOnlyBufferException;
import java.util.List;
import org.junit.jupiter.api.Test;

class MessageTest {
    private static final NodeId NODE = NodeId.parse("127.0.0.1:7001");
    private static final NodeId OTHER = NodeId.parse("127.0.0.1:7002");

    private static Message sample() {
        return Message.builder(NODE, MessageType.DATA)
                .application(-2)
                .sequence(9)
                .payload(new byte[] {1, 2, 3, 4})
                .build();
    }

    @Test
    void a_message_has_what_it_was_built_with() {
        Message message = sample();
        assertThat(message.type()).isEqualTo(MessageType.DATA);
        assertThat(message.sender()).isEqualTo(NODE);
        assertThat(message.application()).isEqualTo(-2);
        assertThat(message.sequence()).isEqualTo(9);
        assertThat(message.payloadSize()).isEqualTo(4);
        assertThat(message.payload()).isEqualTo(ByteBuffer.wrap(new byte[] {1, 2, 3, 4}));
        assertThat(message.header()).isEqualTo(new Header(MessageType.DATA, NODE, -2, 9, 4));
    }

    @Test
    void what_is_not_set_is_zero_and_empty() {
        Message message = Message.builder(NODE, 5).build();
        assertThat(message.header()).isEqualTo(new Header(5, NODE, 0, 0, 0));
        assertThat(message.sources()).isEmpty();
        assertThat(message.subject()).isEmpty();
    }

    @Test
    void the_builder_takes_another_type_and_sender() {
        Message message =
                Message.builder(NODE, 5).type(6).sender(OTHER).params(-1, 7).build();
        assertThat(message.type()).isEqualTo(6);
        assertThat(message.sender()).isEqualTo(OTHER);
        assertThat(message.param1()).isEqualTo(-1);
        assertThat(message.param2()).isEqualTo(7);
    }

    @Test
    void the_payload_is_read_only_big_endian_and_fresh_each_time() {
        Message message = sample();
        ByteBuffer payload = message.payload();
        assertThat(payload.order()).isEqualTo(ByteOrder.BIG_ENDIAN);
        assertThat(payload.getInt()).isEqualTo(0x01020304);
        assertThat(message.payload().position()).isZero();
        assertThatThrownBy(() -> payload.put(0, (byte) 1)).isInstanceOf(ReadOnlyBufferException.class);
    }

    @Test
    void the_segment_is_the_payload_and_read_only() {
        assertThat(sample().segment().toArray(ValueLayout.JAVA_BYTE)).containsExactly(1, 2, 3, 4);
        assertThat(sample().segment().isReadOnly()).isTrue();
    }

    @Test
    void bytes_changed_after_building_do_not_change_the_message() {
        byte[] bytes = {1, 2, 3, 4};
        Message message = Message.builder(NODE, 1).payload(bytes).build();
        bytes[0] = 99;
        assertThat(message.payload().get(0)).isEqualTo((byte) 1);
    }

    @Test
    void a_buffers_rest_is_copied_and_its_position_stays() {
        ByteBuffer bytes = ByteBuffer.wrap(new byte[] {1, 2, 3, 4}).position(1).limit(3);
        Message message = Message.builder(NODE, 1).payload(bytes).build();
        bytes.put(1, (byte) 99);
        assertThat(message.payload()).isEqualTo(ByteBuffer.wrap(new byte[] {2, 3}));
        assertThat(bytes.position()).isEqualTo(1);
    }

    @Test
    void text_is_utf8() {
        Message message = Message.builder(NODE, 1).payload("grün €").build();
        assertThat(message.text()).isEqualTo("grün €");
        assertThat(message.payloadSize()).isEqualTo(9);
    }

    @Test
    void malformed_text_is_replaced() {
        Message message = Message.builder(NODE, 1).payload(new byte[] {'a', -1}).build();
        assertThat(message.text()).isEqualTo("a\ufffd");
    }

    @Test
    void json_is_its_text() {
        JsonObject json = new JsonObject();
        json.addProperty("a", 1);
        assertThat(Message.builder(NODE, 1).payload(json).build().text()).isEqualTo("{\"a\":1}");
    }

    @Test
    void one_builder_builds_several_messages() {
        MessageBuilder builder = Message.builder(NODE, 1).payload("a");
        Message first = builder.build();
        Message second = builder.payload("b").build();
        assertThat(first.text()).isEqualTo("a");
        assertThat(second.text()).isEqualTo("b");
    }

    @Test
    void a_broken_field_is_refused_when_building() {
        assertThatThrownBy(() -> Message.builder(NODE, 0).build())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("a message's type is 1 to 65535, not 0");
    }

    @Test
    void a_payload_too_large_is_refused_when_building() {
        MessageBuilder builder = Message.builder(NODE, 1).payload(new byte[Header.MAX_PAYLOAD + 1]);
        assertThatThrownBy(builder::build)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("a payload of type 0x1 has at most 1048576 bytes, not 1048577");
    }

    @Test
    void a_built_message_comes_from_its_sender() {
        assertThat(sample().from()).isEqualTo(NODE);
    }

    @Test
    void releasing_a_built_message_does_nothing() {
        Message message = sample();
        message.release();
        assertThat(message.payloadSize()).isEqualTo(4);
    }

    @Test
    void a_copy_is_the_same_and_keeps_the_neighbour() {
        Message arrived = new BuiltMessage(new Header(1, NODE, 2, 3, 1), new byte[] {7}, OTHER, List.of());
        Message copy = arrived.copy();
        assertThat(copy).isNotSameAs(arrived);
        assertThat(copy.header()).isEqualTo(arrived.header());
        assertThat(copy.payload()).isEqualTo(arrived.payload());
        assertThat(copy.from()).isEqualTo(OTHER);
    }

    @Test
    void a_message_made_from_others_names_them_and_starts_as_the_first() {
        Message first = sample();
        Message second = Message.builder(OTHER, 8).build();
        Message made = Message.madeFrom(first, second).payload("x").build();
        assertThat(made.sources()).containsExactly(first, second);
        assertThat(made.header()).isEqualTo(new Header(MessageType.DATA, NODE, -2, 9, 1));
    }

    @Test
    void a_message_is_made_from_at_least_one() {
        assertThatThrownBy(() -> Message.madeFrom())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("a message is made from at least one held message, not from none");
    }
}

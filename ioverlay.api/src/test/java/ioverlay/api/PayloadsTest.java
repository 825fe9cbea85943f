package ioverlay.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PayloadsTest {
    private static final NodeId NODE = NodeId.parse("127.0.0.1:7001");

    private static Message message(byte[] payload) {
        return Message.builder(NODE, MessageType.BOOT_REPLY).payload(payload).build();
    }

    private static Message message(String payload) {
        return Message.builder(NODE, MessageType.JOIN).payload(payload).build();
    }

    @Test
    void a_list_of_nodes_is_read_as_it_is_written() {
        Random random = new Random(1);
        for (int size = 0; size < 100; size++) {
            List<NodeId> nodes =
                    Stream.generate(() -> NodeIdTest.any(random)).limit(size).toList();
            Message message =
                    Message.builder(NODE, MessageType.BOOT_REPLY).payload(nodes).build();
            assertThat(Payloads.nodes(message)).isEqualTo(nodes);
        }
    }

    @Test
    void the_longest_list_is_read() {
        List<NodeId> nodes = Collections.nCopies(Payloads.MAX_NODES, NODE);
        assertThat(Payloads.nodes(Message.builder(NODE, MessageType.BOOT_REPLY)
                        .payload(nodes)
                        .build()))
                .hasSize(Payloads.MAX_NODES);
    }

    @Test
    void a_list_too_long_is_not_written() {
        List<NodeId> nodes = Collections.nCopies(Payloads.MAX_NODES + 1, NODE);
        assertThatThrownBy(() -> Message.builder(NODE, MessageType.BOOT_REPLY).payload(nodes))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("a list holds at most 4096 nodes, not 4097");
    }

    @Test
    void a_list_too_long_is_not_read() {
        byte[] bytes = new byte[(Payloads.MAX_NODES + 1) * NodeId.BYTES];
        assertThatThrownBy(() -> Payloads.nodes(message(bytes)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("4096 nodes, not 28679 bytes");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 6, 8})
    void a_list_that_is_cut_off_is_refused(int size) {
        assertThatThrownBy(() -> Payloads.nodes(message(new byte[size])))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageEndingWith("not " + size + " bytes");
    }

    @Test
    void a_list_with_a_broken_node_is_refused() {
        assertThatThrownBy(() -> Payloads.nodes(message(new byte[NodeId.BYTES])))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("starts with the tag 4, not 0");
    }

    @Test
    void a_json_object_is_read() {
        assertThat(Payloads.json(message("{\"a\":[1]}"))).hasToString("{\"a\":[1]}");
    }

    @Test
    void an_empty_payload_is_the_empty_object() {
        assertThat(Payloads.json(message("")).size()).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"[]", "5", "null", "\"a\"", "text"})
    void another_json_value_is_refused(String text) {
        assertThatThrownBy(() -> Payloads.json(message(text)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("the payload of type 0x8002 must be a JSON object, not another JSON value");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{", "{\"a\":}", "{} {}"})
    void malformed_json_is_refused(String text) {
        assertThatThrownBy(() -> Payloads.json(message(text)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("the payload of type 0x8002 must be a JSON object, not malformed text");
    }

    @Test
    void json_nested_without_end_is_refused_and_does_not_overflow_the_stack() {
        assertThatThrownBy(() -> Payloads.json(message("{\"a\":" + "[".repeat(60_000))))
                .isInstanceOf(IllegalArgumentException.class);
    }
}

package ioverlay.io.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import ioverlay.api.Header;
import ioverlay.api.NodeId;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class HelloTest {
    private static final Hello HELLO =
            new Hello(NodeId.parse("127.0.0.1:7000"), 0x1234_5678_9abc_def0L, Hello.NODE, 1 << 20, 4096, 256 << 10);

    /** The payload with one thing changed. */
    private static ByteBuffer payload(Consumer<ByteBuffer> change) {
        ByteBuffer payload = HELLO.encode(LinkType.HELLO).position(Header.BYTES).slice();
        change.accept(payload);
        return payload;
    }

    private static void refused(ByteBuffer payload, String rule) {
        assertThatExceptionOfType(IOException.class)
                .isThrownBy(() -> Hello.decode(payload))
                .withMessageContaining(rule);
    }

    @Test
    void what_was_encoded_is_decoded() throws IOException {
        assertThat(Hello.decode(payload(bytes -> {}))).isEqualTo(HELLO);
    }

    @Test
    void the_message_has_a_header_of_the_node() {
        ByteBuffer bytes = HELLO.encode(LinkType.WELCOME);
        assertThat(Header.read(bytes, 0))
                .isEqualTo(new Header(
                        LinkType.WELCOME, HELLO.node(), 0, HELLO.incarnation(), bytes.remaining() - Header.BYTES));
    }

    @Test
    void unknown_features_are_ignored() throws IOException {
        assertThat(Hello.decode(payload(bytes -> bytes.putLong(8, -1)))).isEqualTo(HELLO);
    }

    @Test
    void a_node_of_before_that_says_no_delay_has_none() throws IOException {
        Hello late = HELLO.late(500_000);
        assertThat(Hello.decode(
                        late.encode(LinkType.HELLO).position(Header.BYTES).slice()))
                .isEqualTo(late);
        assertThat(Hello.decode(payload(bytes -> bytes.putInt(44, 7).limit(44))))
                .isEqualTo(HELLO);
    }

    @Test
    void a_delay_is_believed_within_what_can_be_emulated() throws IOException {
        assertThat(Hello.decode(payload(bytes -> bytes.putInt(44, -1))).delayMicros())
                .isZero();
        assertThat(Hello.decode(payload(bytes -> bytes.putInt(44, Integer.MAX_VALUE)))
                        .delayMicros())
                .isEqualTo(120_000_000);
    }

    @Test
    void who_is_granted_something_hears_its_own_delay_back() {
        Hello granted = HELLO.granting(77, HELLO.late(9));
        assertThat(granted.dataWindow()).isEqualTo(77);
        assertThat(granted.delayMicros()).isEqualTo(9);
    }

    @Test
    void bytes_that_a_later_version_appends_are_ignored() throws IOException {
        ByteBuffer longer = ByteBuffer.allocate(60).put(payload(bytes -> {})).rewind();
        assertThat(Hello.decode(longer)).isEqualTo(HELLO);
    }

    @Test
    void a_range_of_versions_that_holds_ours_is_welcome() throws IOException {
        assertThat(Hello.decode(payload(bytes -> bytes.putShort(4, (short) 0).putShort(6, (short) 9))))
                .isEqualTo(HELLO);
    }

    @Test
    void a_newer_version_only_is_refused_with_both_numbers() {
        refused(
                payload(bytes -> bytes.putShort(4, (short) 2).putShort(6, (short) 3)),
                "speaks version 1 of the wire, the peer speaks 2 to 3");
    }

    @Test
    void an_older_version_only_is_refused() {
        refused(payload(bytes -> bytes.putShort(4, (short) 0).putShort(6, (short) 0)), "the peer speaks 0 to 0");
    }

    @Test
    void another_magic_is_refused() {
        refused(payload(bytes -> bytes.putInt(0, 0xcafebabe)), "magic 0x694f766c, not 0xcafebabe");
    }

    @Test
    void another_role_is_refused() {
        refused(payload(bytes -> bytes.put(16, (byte) 2)), "role is 0 (node) or 1 (probe), not 2");
    }

    @Test
    void another_form_of_node_is_refused() {
        refused(payload(bytes -> bytes.put(17, (byte) 6)), "starts with the tag 4, not 6");
    }

    @Test
    void a_node_without_a_port_is_refused() {
        refused(payload(bytes -> bytes.putShort(22, (short) 0)), "port is 1 to 65535, not 0");
    }

    @Test
    void a_largest_payload_of_nothing_is_refused() {
        refused(payload(bytes -> bytes.putInt(32, 0)), "largest payload is 1 to 1048576 bytes, not 0");
    }

    @Test
    void a_largest_payload_beyond_the_headers_is_refused() {
        refused(payload(bytes -> bytes.putInt(32, Header.MAX_PAYLOAD + 1)), "not 1048577");
    }

    @Test
    void a_window_of_nothing_is_refused() {
        refused(payload(bytes -> bytes.putInt(36, 0)), "at least 1 byte, not 0 and 262144");
        refused(payload(bytes -> bytes.putInt(40, -1)), "at least 1 byte, not 4096 and -1");
    }

    @Test
    void fewer_bytes_are_refused() {
        refused(payload(bytes -> {}).limit(43), "44 bytes of payload, the peer sent fewer");
        refused(ByteBuffer.allocate(0), "44 bytes of payload, the peer sent fewer");
    }
}

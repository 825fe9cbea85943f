package ioverlay.io.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import ioverlay.api.Header;
import ioverlay.api.NodeId;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;

class CreditTest {
    private static final NodeId SELF = NodeId.parse("127.0.0.1:7000");

    @Test
    void what_was_written_is_read() throws IOException {
        Credit credit = new Credit(-7, 1L << 40, (1L << 40) - 4096, 123_456);
        ByteBuffer bytes = ByteBuffer.allocate(100).position(5);
        credit.write(bytes, LinkType.CREDIT, SELF);
        assertThat(bytes.position()).isEqualTo(5 + Credit.BYTES);
        assertThat(Credit.read(bytes, 5)).isEqualTo(credit);
    }

    @Test
    void the_message_has_a_sound_header() {
        ByteBuffer bytes = ByteBuffer.allocate(Credit.BYTES);
        new Credit(3, 10, 5, 1).write(bytes, LinkType.CONTROL_CREDIT, SELF);
        assertThat(Header.read(bytes, 0)).isEqualTo(new Header(LinkType.CONTROL_CREDIT, SELF, 3, 10, 16));
    }

    @Test
    void one_of_another_size_is_none() {
        ByteBuffer bytes = ByteBuffer.allocate(100);
        new Header(LinkType.CREDIT, SELF, 3, 10, 8).write(bytes, 0);
        assertThatExceptionOfType(IOException.class)
                .isThrownBy(() -> Credit.read(bytes, 0))
                .withMessage("a credit has 16 bytes of payload, not 8");
    }

    @Test
    void link_messages_have_a_range_of_their_own() {
        assertThat(LinkType.isLink(LinkType.HELLO)).isTrue();
        assertThat(LinkType.isLink(0xc0ff)).isTrue();
        assertThat(LinkType.isLink(0xc100)).isFalse();
        assertThat(LinkType.isLink(0xbfff)).isFalse();
    }
}

package ioverlay.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HeaderTest {
    private static final NodeId NODE = NodeId.parse("127.0.0.1:7001");
    private static final int RUNS = 2000;

    private static Header any(Random random) {
        int plain = 1 + random.nextInt(0x1fff);
        int type = switch (random.nextInt(4)) {
            case 0 -> plain;
            case 1 -> plain | MessageType.LIVE;
            case 2 -> plain | MessageType.CONTROL;
            default -> plain | MessageType.CONTROL | MessageType.ENGINE;
        };
        int most = MessageType.isControl(type) ? Header.MAX_CONTROL_PAYLOAD : Header.MAX_PAYLOAD;
        return new Header(type, NodeIdTest.any(random), random.nextInt(), random.nextLong(), random.nextInt(most + 1));
    }

    @Test
    void a_header_is_read_as_it_is_written_anywhere_in_a_buffer() {
        Random random = new Random(1);
        for (int run = 0; run < RUNS; run++) {
            Header header = any(random);
            int at = random.nextInt(100);
            ByteBuffer buffer = ByteBuffer.allocate(at + Header.BYTES);
            header.write(buffer, at);
            assertThat(buffer.position()).isZero();
            assertThat(Header.fault(buffer, at, Header.MAX_PAYLOAD)).isEmpty();
            assertThat(Header.read(buffer, at)).isEqualTo(header);
        }
    }

    @Test
    void each_field_is_read_alone_as_with_the_others() {
        Random random = new Random(2);
        for (int run = 0; run < RUNS; run++) {
            Header header = any(random);
            ByteBuffer buffer = ByteBuffer.allocate(Header.BYTES);
            header.write(buffer, 0);
            assertThat(Header.typeAt(buffer, 0)).isEqualTo(header.type());
            assertThat(Header.senderAt(buffer, 0)).isEqualTo(header.sender());
            assertThat(Header.applicationAt(buffer, 0)).isEqualTo(header.application());
            assertThat(Header.sequenceAt(buffer, 0)).isEqualTo(header.sequence());
            assertThat(Header.payloadSizeAt(buffer, 0)).isEqualTo(header.payloadSize());
        }
    }

    @Test
    void the_bytes_are_those_of_the_specification() {
        ByteBuffer buffer = ByteBuffer.allocate(Header.BYTES);
        new Header(0x0102, NodeId.parse("1.2.3.4:258"), 0xa0b0c0d0, 0x1122334455667788L, 0x0a0b).write(buffer, 0);
        assertThat(HexFormat.of().formatHex(buffer.array()))
                .isEqualTo("0102" + "0102" + "01020304" + "a0b0c0d0" + "1122334455667788" + "00000a0b");
    }

    @Test
    void any_bytes_are_either_a_header_or_have_a_fault_that_reading_throws() {
        Random random = new Random(3);
        for (int run = 0; run < RUNS; run++) {
            byte[] bytes = new byte[Header.BYTES];
            random.nextBytes(bytes);
            bytes[20] = 0; // else nearly all would be too large
            bytes[21] = (byte) random.nextInt(20);
            ByteBuffer buffer = ByteBuffer.wrap(bytes);
            String fault = Header.fault(buffer, 0, Header.MAX_PAYLOAD);
            if (fault.isEmpty()) {
                ByteBuffer again = ByteBuffer.allocate(Header.BYTES);
                Header.read(buffer, 0).write(again, 0);
                assertThat(again).isEqualTo(buffer);
            } else {
                assertThatThrownBy(() -> Header.read(buffer, 0))
                        .isInstanceOf(IllegalArgumentException.class)
                        .hasMessage(fault);
            }
        }
    }

    private static ByteBuffer raw(int type, int port, int payloadSize) {
        return ByteBuffer.allocate(Header.BYTES)
                .putShort(0, (short) type)
                .putShort(2, (short) port)
                .putInt(20, payloadSize);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, -1, 0x10000})
    void a_type_out_of_range_is_refused(int type) {
        assertThatThrownBy(() -> new Header(type, NODE, 0, 0, 0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("a message's type is 1 to 65535, not " + type);
    }

    @Test
    void an_engine_message_that_is_no_control_message_is_a_fault() {
        assertThat(Header.fault(raw(0x4001, 1, 0), 0, Header.MAX_PAYLOAD))
                .isEqualTo("an engine message (bit 14) is a control message (bit 15), not type 0x4001");
    }

    @Test
    void a_live_message_without_a_type_is_a_fault() {
        assertThat(Header.fault(raw(0x2000, 1, 0), 0, Header.MAX_PAYLOAD))
                .isEqualTo("a live message (bit 13) has a type besides, not only 0x2000");
    }

    @Test
    void a_sender_without_port_is_a_fault() {
        assertThat(Header.fault(raw(1, 0, 0), 0, Header.MAX_PAYLOAD))
                .isEqualTo("a message's sender has a port of 1 to 65535, not 0");
    }

    @Test
    void a_payload_that_the_reader_does_not_take_is_a_fault() {
        assertThat(Header.fault(raw(1, 1, 1000), 0, 1000)).isEmpty();
        assertThat(Header.fault(raw(1, 1, 1001), 0, 1000))
                .isEqualTo("a payload of type 0x1 has at most 1000 bytes, not 1001");
    }

    @Test
    void a_control_payload_is_at_most_64_kilobytes() {
        assertThat(Header.fault(raw(0x8001, 1, 65_536), 0, Header.MAX_PAYLOAD)).isEmpty();
        assertThat(Header.fault(raw(0x8001, 1, 65_537), 0, Header.MAX_PAYLOAD))
                .isEqualTo("a payload of type 0x8001 has at most 65536 bytes, not 65537");
    }

    @Test
    void a_payload_size_with_the_top_bit_is_a_fault_and_no_negative_number() {
        assertThat(Header.fault(raw(1, 1, -1), 0, Header.MAX_PAYLOAD)).endsWith("not 4294967295");
    }

    @Test
    void a_header_that_is_cut_off_is_refused() {
        assertThatThrownBy(
                        () -> Header.read(ByteBuffer.allocate(Header.BYTES - 1).putShort(0, (short) 1), 0))
                .isInstanceOf(IndexOutOfBoundsException.class);
    }

    @Test
    void two_parameters_make_one_sequence_word() {
        Random random = new Random(4);
        for (int run = 0; run < RUNS; run++) {
            int first = random.nextInt();
            int second = random.nextInt();
            Header header = new Header(0x8001, NODE, 0, Header.params(first, second), 0);
            assertThat(header.param1()).isEqualTo(first);
            assertThat(header.param2()).isEqualTo(second);
        }
    }
}

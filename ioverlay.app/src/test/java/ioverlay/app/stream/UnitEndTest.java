package ioverlay.app.stream;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UnitEndTest {
    private static final int FIRST = Packet.BYTES - 4;

    /** A packet of PID 0x101 that is full, with a payload that begins so. */
    private static byte[] packet(boolean isStart, int... begin) {
        byte[] packet = new byte[Packet.BYTES];
        packet[0] = Packet.SYNC;
        packet[1] = (byte) (isStart ? 0x41 : 0x01);
        packet[2] = 1;
        packet[3] = 0x10;
        for (int index = 0; index < begin.length; index++) {
            packet[4 + index] = (byte) begin[index];
        }
        return packet;
    }

    private static byte[] begin(int length) {
        return packet(true, 0, 0, 1, 0xc0, length >>> 8, length);
    }

    /** A packet with an adaptation field of that size and contents, and a payload behind it. */
    private static byte[] adapted(int size, int... field) {
        byte[] packet = packet(false, size);
        packet[3] = 0x30;
        Arrays.fill(packet, 5, Packet.BYTES, (byte) -1);
        for (int index = 0; index < field.length; index++) {
            packet[5 + index] = (byte) field[index];
        }
        return packet;
    }

    private static boolean isWhole(byte[]... packets) {
        return UnitEnd.isWhole(Recorded.joined(List.of(packets)));
    }

    @Test
    void a_stated_length_is_believed() {
        int exact = 2 * FIRST - 6;
        assertThat(isWhole(begin(exact))).isFalse();
        assertThat(isWhole(begin(exact), packet(false))).isTrue();
        assertThat(isWhole(begin(exact + 1), packet(false))).isFalse();
        assertThat(isWhole(begin(exact), packet(false), begin(exact))).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0, true", // one byte to fill
        "1, 0, true", // two
        "9, 0, true",
        "1, 40, false", // random_access_indicator alone
        "2, 40, true",
        "7, 10, false", // a clock
        "8, 10, true",
        "13, 18, false", // two clocks
        "14, 1c, false", // and a splice_countdown
        "15, 1c, true"
    })
    void without_one_it_ends_where_a_packet_was_filled_up(int size, String flags, boolean isWhole) {
        assertThat(isWhole(begin(0), adapted(size, Integer.parseInt(flags, 16))))
                .isEqualTo(isWhole);
        assertThat(isWhole(begin(0), adapted(size, Integer.parseInt(flags, 16)), packet(false)))
                .as("with more of it")
                .isFalse();
    }

    @Test
    void private_data_and_extensions_of_an_adaptation_field_are_nothing_to_fill() {
        assertThat(isWhole(begin(0), adapted(5, 2, 3, 7, 7, 7))).isFalse();
        assertThat(isWhole(begin(0), adapted(6, 2, 3, 7, 7, 7))).isTrue();
        assertThat(isWhole(begin(0), adapted(8, 3, 3, 7, 7, 7, 2, 7, 7))).isFalse();
        assertThat(isWhole(begin(0), adapted(9, 3, 3, 7, 7, 7, 2, 7, 7))).isTrue();
    }

    @Test
    void what_is_no_pes_packet_or_went_on_from_before_is_not_looked_at() {
        assertThat(isWhole(packet(true, 0, 2, 0xb0))).as("a section").isTrue();
        assertThat(isWhole(packet(false))).isTrue();
        assertThat(isWhole()).isTrue();
    }

    @Test
    void random_bytes_do_no_harm() {
        Random random = new Random(7);
        List<byte[]> packets = new ArrayList<>();
        for (int count = 0; count < 20_000; count++) {
            byte[] noise = new byte[Packet.BYTES];
            random.nextBytes(noise);
            noise[0] = Packet.SYNC;
            packets.add(noise);
        }
        assertThat(UnitEnd.isWhole(Recorded.joined(packets))).isTrue();
        packets.forEach(noise -> noise[3] |= 0x30);
        assertThat(packets.stream().filter(noise -> new Packet(noise, 0).isStuffed()))
                .hasSizeBetween(1, 19_999);
    }
}

package ioverlay.app.stream;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CutterTest {
    private static List<byte[]> stream(int streamType, String... units) {
        List<byte[]> packets = new ArrayList<>();
        Mux mux = new Mux(streamType);
        for (int picture = 0; picture < units.length; picture++) {
            byte[] data = new byte[600];
            byte[] code = HexFormat.of().parseHex(units[picture]);
            System.arraycopy(code, 0, data, 300, code.length); // not in the first packet
            mux.picture(data, picture * 3600L, false, packets::add);
        }
        return packets;
    }

    @Test
    void each_unit_is_one_picture_and_no_packet_is_missing() {
        List<byte[]> packets = Recorded.packets(30);
        Recorded.Units units = Recorded.cut(packets);
        assertThat(units.all).hasSize(30).allMatch(Unit::isStart);
        assertThat(IntStream.range(0, 30).filter(index -> units.all.get(index).isRandomAccess()))
                .containsExactly(0, 12, 24);
        byte[] all = Recorded.joined(units.all.stream().map(Unit::packets).toList());
        assertThat(all).isEqualTo(Recorded.joined(packets.subList(2, packets.size())));
    }

    @Test
    void a_random_access_point_has_the_tables_and_others_none() {
        List<byte[]> packets = Recorded.packets(3);
        Recorded.Units units = Recorded.cut(packets);
        assertThat(units.all.getFirst().tables()).isEqualTo(Recorded.joined(packets.subList(0, 2)));
        assertThat(units.all.get(1).tables()).isEmpty();
    }

    @Test
    void decode_times_are_those_of_the_pictures() {
        assertThat(Recorded.cut(Recorded.packets(3)).all)
                .extracting(Unit::decodeTime)
                .containsExactly(18_000L, 21_600L, 25_200L);
    }

    @Test
    void the_arrival_is_that_of_the_first_packet() {
        assertThat(Recorded.cut(Recorded.packets(2)).all.getFirst().arrivedMicros())
                .isEqualTo(3000);
    }

    @ParameterizedTest
    @CsvSource({
        "0x1b, 00000165, 00000141", // H.264: an IDR picture, and another
        "0x1b, 00000167, 00000101", // a sequence parameter set
        "0x24, 0000012601, 0000010201", // H.265
        "0x02, 000001b3, 0000010000", // MPEG-2
        "0x10, 000001b0, 000001b6", // MPEG-4 visual
    })
    void random_access_points_are_known_by_their_bytes_without_an_indicator(String type, String first, String other) {
        Recorded.Units units = Recorded.cut(stream(Integer.decode(type), first, other, first));
        assertThat(units.all).extracting(Unit::isRandomAccess).containsExactly(true, false, true);
    }

    @Test
    void without_video_each_packet_of_audio_is_a_random_access_point() {
        assertThat(Recorded.cut(stream(0x0f, "ff", "ff")).all).hasSize(2).allMatch(Unit::isRandomAccess);
    }

    @Test
    void nothing_comes_of_a_stream_without_tables() {
        List<byte[]> packets = Recorded.packets(3);
        packets.removeIf(packet -> new Packet(packet, 0).pid() == Packet.PAT);
        assertThat(Recorded.cut(packets).all).isEmpty();
    }

    @Test
    void damaged_tables_are_not_believed() {
        List<byte[]> packets = Recorded.packets(3);
        packets.stream()
                .filter(packet -> new Packet(packet, 0).pid() == Mux.MAP_PID)
                .forEach(packet -> packet[20] ^= 1);
        assertThat(Recorded.cut(packets).all).isEmpty();
    }

    @Test
    void a_picture_with_a_missing_packet_is_left_out_and_all_up_to_the_next_random_access_point() {
        List<byte[]> packets = Recorded.packets(30);
        int start = start(packets, 5);
        packets.remove(start + 1);
        Recorded.Units units = Recorded.cut(packets);
        assertThat(units.all).hasSize(30 - 7);
        assertThat(units.all.get(5).isRandomAccess()).isTrue();
        assertThat(units.missed).isEqualTo(1);
    }

    @Test
    void a_packet_that_says_that_it_is_damaged_is_as_one_that_is_missing() {
        List<byte[]> packets = Recorded.packets(30);
        packets.get(start(packets, 5) + 1)[1] |= (byte) 0x80;
        assertThat(Recorded.cut(packets).all).hasSize(30 - 7);
    }

    @Test
    void a_picture_that_the_end_of_the_input_has_cut_off_is_left_out_and_counted() {
        List<byte[]> packets = Recorded.packets(30);
        for (int cut = start(packets, 5) + 1; cut < start(packets, 6); cut++) {
            List<byte[]> before = packets.subList(0, cut);
            Recorded.Units ended = new Recorded.Units();
            Cutter cutter = Recorded.cutter(before, ended);
            cutter.end();
            Recorded.Units restarted = new Recorded.Units();
            Cutter other = Recorded.cutter(before, restarted);
            other.restart();
            int whole = cut < videoEnd(packets, 5) ? 5 : 6;
            assertThat(ended.all).as("cut before packet " + cut).hasSize(whole);
            assertThat(restarted.all).hasSize(whole);
            assertThat(cutter.brokenPictures()).isEqualTo(6 - whole);
            assertThat(other.brokenPictures()).isEqualTo(6 - whole);
        }
    }

    @Test
    void after_a_picture_that_was_cut_off_nothing_comes_up_to_the_next_random_access_point() {
        List<byte[]> packets = Recorded.packets(30);
        Recorded.Units units = new Recorded.Units();
        Cutter cutter = Recorded.cutter(packets.subList(0, start(packets, 5) + 1), units);
        cutter.restart();
        packets.subList(start(packets, 8), packets.size()).forEach(packet -> cutter.take(new Packet(packet, 0), 0));
        cutter.end();
        assertThat(units.all).extracting(Unit::decodeTime).startsWith(18_000L).hasSize(5 + 18);
        assertThat(units.all.get(5).isRandomAccess()).isTrue();
    }

    @Test
    void half_a_picture_waits_for_its_rest_however_long_nothing_comes() {
        List<byte[]> packets = Recorded.packets(13);
        Recorded.Units units = new Recorded.Units();
        int half = start(packets, 5) + 1;
        Cutter cutter = Recorded.cutter(packets.subList(0, half), units);
        cutter.idle(Long.MAX_VALUE);
        assertThat(units.all).hasSize(5);
        packets.subList(half, packets.size()).forEach(packet -> cutter.take(new Packet(packet, 0), 0));
        cutter.end();
        assertThat(units.all).hasSize(13).allMatch(Unit::isStart);
    }

    @Test
    void random_bytes_for_packets_do_no_harm() {
        Random random = new Random(4);
        List<byte[]> packets = Recorded.packets(200);
        for (byte[] packet : packets) {
            if (random.nextInt(4) == 0) {
                byte[] noise = new byte[Packet.BYTES - 1];
                random.nextBytes(noise);
                System.arraycopy(noise, 0, packet, 1, noise.length);
            }
        }
        assertThat(Recorded.cut(packets).all).hasSizeLessThan(200);
    }

    @Test
    void what_has_waited_for_a_tenth_of_a_second_is_whole() {
        List<byte[]> packets = Recorded.packets(1);
        Recorded.Units units = new Recorded.Units();
        Cutter cutter = new Cutter(units);
        packets.forEach(packet -> cutter.take(new Packet(packet, 0), 0));
        cutter.idle(Cutter.PATIENCE_MICROS);
        assertThat(units.all).isEmpty();
        cutter.idle(Cutter.PATIENCE_MICROS + 1);
        assertThat(units.all).hasSize(1);
    }

    /** Behind the last packet of that picture. */
    private static int videoEnd(List<byte[]> packets, int picture) {
        int end = start(packets, picture) + 1;
        while (new Packet(packets.get(end), 0).pid() == Mux.VIDEO_PID) {
            end++;
        }
        return end;
    }

    private static int start(List<byte[]> packets, int picture) {
        int[] starts = IntStream.range(0, packets.size())
                .filter(index -> new Packet(packets.get(index), 0).pid() == Mux.VIDEO_PID)
                .filter(index -> new Packet(packets.get(index), 0).isUnitStart())
                .toArray();
        return starts[picture];
    }
}

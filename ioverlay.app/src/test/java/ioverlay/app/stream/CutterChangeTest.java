package ioverlay.app.stream;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A cutter whose input changes under it, repeats itself, or has pictures without an end. */
class CutterChangeTest {
    private static final int OTHER_PID = 0x200;
    private static final int MPEG4 = 0x10; // of whose codes none is in the film

    private final List<byte[]> film = Recorded.packets(60);
    private final Recorded.Units units = new Recorded.Units();

    /** Where the packets of a picture begin, with its tables. */
    private int begin(int picture) {
        return IntStream.range(0, film.size())
                .filter(index -> new Packet(film.get(index), 0).pid() == Packet.PAT)
                .skip(picture)
                .findFirst()
                .orElseThrow();
    }

    private static List<Long> pictures(List<Unit> units) {
        return units.stream()
                .filter(Unit::isStart)
                .map(unit -> (unit.decodeTime() - Mux.LEAD_TICKS) / 3600)
                .toList();
    }

    /** The same packets as another encoder makes them. */
    private static List<byte[]> other(List<byte[]> packets, int pid, int streamType) {
        List<byte[]> others = new ArrayList<>();
        for (byte[] packet : packets) {
            byte[] copy = packet.clone();
            if (new Packet(copy, 0).pid() == Mux.VIDEO_PID) {
                copy[1] = (byte) ((copy[1] & 0xe0) | (pid >> 8));
                copy[2] = (byte) pid;
            } else if (new Packet(copy, 0).pid() == Mux.MAP_PID) {
                map(copy, pid, streamType, true);
            }
            others.add(copy);
        }
        return others;
    }

    private static void map(byte[] packet, int pid, int streamType, boolean isCurrent) {
        int at = 5;
        packet[at + 5] = (byte) (isCurrent ? 0xc1 : 0xc0);
        packet[at + 8] = (byte) (0xe0 | (pid >> 8));
        packet[at + 9] = (byte) pid;
        packet[at + 12] = (byte) streamType;
        packet[at + 13] = packet[at + 8];
        packet[at + 14] = packet[at + 9];
        seal(packet, at, 17);
    }

    private static void seal(byte[] packet, int at, int size) {
        int crc = Sections.crc(Arrays.copyOfRange(packet, at, at + size), size);
        for (int index = 0; index < 4; index++) {
            packet[at + size + index] = (byte) (crc >>> (24 - 8 * index));
        }
    }

    @ParameterizedTest
    @CsvSource({OTHER_PID + ", 2", Mux.VIDEO_PID + ", 16", OTHER_PID + ", 16"})
    void another_encoder_does_not_go_on_with_half_a_picture_of_the_one_before(int pid, int streamType) {
        List<byte[]> both = new ArrayList<>(film.subList(0, begin(20) - 3)); // it dies within picture 19
        both.addAll(other(film.subList(begin(30), film.size()), pid, streamType));
        Cutter cutter = Recorded.cutter(both, units);
        cutter.end();
        List<Long> expected = new ArrayList<>();
        IntStream.range(0, 19).forEach(picture -> expected.add((long) picture));
        IntStream.range(36, 60).forEach(picture -> expected.add((long) picture)); // from a random access point on
        assertThat(pictures(units.all)).isEqualTo(expected);
        assertThat(units.all.get(19).isRandomAccess()).isTrue();
        assertThat(units.missed).isPositive();
        assertThat(cutter.brokenPictures()).isEqualTo(1 + 6);
    }

    @Test
    void a_last_picture_that_was_whole_is_shown_before_that_of_another_encoder() {
        List<byte[]> both = new ArrayList<>(film.subList(0, begin(20)));
        both.addAll(other(film.subList(begin(36), film.size()), OTHER_PID, MPEG4));
        Cutter cutter = Recorded.cutter(both, units);
        assertThat(pictures(units.all).subList(18, 22)).containsExactly(18L, 19L, 36L, 37L);
        assertThat(units.missed).isEqualTo(1);
        assertThat(cutter.brokenPictures()).isZero();
    }

    @Test
    void a_table_that_does_not_apply_yet_changes_nothing() {
        for (int picture = 20; picture < 40; picture++) {
            byte[] association = film.get(begin(picture));
            association[5 + 5] = (byte) 0xc0;
            association[5 + 10] = (byte) (0xe0 | (OTHER_PID >> 8));
            seal(association, 5, 12);
            map(film.get(begin(picture) + 1), OTHER_PID, MPEG4, false);
        }
        List<byte[]> asTheyWere = film.subList(0, 2).stream().map(byte[]::clone).toList();
        Recorded.Units cut = Recorded.cut(film);
        assertThat(cut.all).hasSize(60).allMatch(Unit::isStart);
        assertThat(cut.missed).isZero();
        assertThat(cut.all.get(24).tables()).isEqualTo(Recorded.joined(asTheyWere));
    }

    @Test
    void the_map_of_another_program_on_the_same_pid_is_none_of_ours() {
        byte[] map = film.get(begin(20) + 1);
        map[5 + 4] = 2; // program_number
        map(map, OTHER_PID, MPEG4, true);
        assertThat(Recorded.cut(film).all).hasSize(60);
    }

    @Test
    void a_packet_that_comes_twice_is_taken_once() {
        List<byte[]> twice = new ArrayList<>();
        film.forEach(packet -> twice.addAll(List.of(packet, packet.clone())));
        Recorded.Units once = Recorded.cut(film);
        Cutter cutter = Recorded.cutter(twice, units);
        cutter.end();
        assertThat(units.all).hasSize(60).allMatch(Unit::isStart);
        assertThat(units.all.stream().map(Unit::packets))
                .containsExactlyElementsOf(once.all.stream().map(Unit::packets).toList());
        assertThat(units.missed).isZero();
        assertThat(cutter.continuityErrors()).isZero();
    }

    @Test
    void fifteen_packets_that_are_missing_are_no_packet_that_comes_twice() {
        List<byte[]> packets = new ArrayList<>(film.subList(0, begin(20) + 3));
        int next = new Packet(film.get(begin(21) + 2), 0).continuity(); // goes on, so that nothing else tells
        addRest(packets, 32 + ((next - 1 - new Packet(packets.getLast(), 0).continuity()) & 0xf));
        packets.subList(begin(20) + 5, begin(20) + 5 + 15).clear();
        packets.addAll(film.subList(begin(21), film.size()));
        Recorded.cutter(packets, units).end();
        assertThat(pictures(units.all)).doesNotContain(20L).contains(24L, 59L);
        assertThat(units.missed).isEqualTo(1);
    }

    /** Full packets of the picture that was begun, each with its number. */
    private static void addRest(List<byte[]> packets, int count) {
        int continuity = new Packet(packets.getLast(), 0).continuity();
        for (int index = 1; index <= count; index++) {
            byte[] packet = new byte[Packet.BYTES];
            packet[0] = Packet.SYNC;
            packet[1] = (byte) (Mux.VIDEO_PID >> 8);
            packet[3] = (byte) (0x10 | ((continuity + index) & 0xf));
            packet[100] = (byte) (index >> 8);
            packet[101] = (byte) index;
            packets.add(packet);
        }
    }

    @Test
    void of_a_picture_longer_than_one_may_be_no_part_is_sent() {
        List<byte[]> packets = new ArrayList<>(film.subList(0, begin(20) + 3));
        addRest(packets, Cutter.MOST_BYTES / Packet.BYTES + 1000);
        packets.remove(packets.size() - 500);
        packets.addAll(film.subList(begin(21), film.size()));
        Cutter cutter = Recorded.cutter(packets, units);
        cutter.end();
        assertThat(units.all).allMatch(Unit::isStart);
        assertThat(pictures(units.all)).doesNotContain(20L, 21L, 23L).contains(19L, 24L, 59L);
        assertThat(cutter.brokenPictures()).isEqualTo(24 - 20);
        assertThat(units.missed).isEqualTo(1);
    }

    @Test
    void what_comes_beside_a_whole_picture_for_long_goes_on_in_another_unit() {
        List<byte[]> packets = new ArrayList<>(film.subList(0, begin(20)));
        for (int index = 0; index < Cutter.MOST_BYTES / Packet.BYTES + 1000; index++) {
            byte[] sound = new byte[Packet.BYTES];
            sound[0] = Packet.SYNC;
            sound[1] = 1;
            sound[2] = 1;
            sound[3] = (byte) (0x10 | (index & 0xf));
            sound[101] = (byte) index;
            packets.add(sound);
        }
        packets.addAll(film.subList(begin(20), film.size()));
        Recorded.Units cut = Recorded.cut(packets);
        assertThat(cut.all).hasSize(61);
        assertThat(pictures(cut.all)).hasSize(60);
        assertThat(cut.missed).isZero();
    }
}

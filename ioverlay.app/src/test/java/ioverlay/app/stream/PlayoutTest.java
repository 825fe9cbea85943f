package ioverlay.app.stream;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class PlayoutTest {
    private static final List<Unit> UNITS = Recorded.cut(Recorded.packets(40)).all;

    private final Playout playout = new Playout();
    private final List<byte[]> shown = new ArrayList<>();

    private void show(int from, int to) {
        UNITS.subList(from, to).forEach(unit -> shown.add(playout.next(unit)));
    }

    private byte[] stream() {
        return Recorded.joined(shown);
    }

    private static List<Long> pictures(int... fromTo) {
        List<Long> all = new ArrayList<>();
        for (int at = 0; at < fromTo.length; at += 2) {
            LongStream.range(fromTo[at], fromTo[at + 1]).forEach(all::add);
        }
        return all;
    }

    @Test
    void who_comes_late_begins_with_the_tables_and_the_next_random_access_point() {
        show(5, 20);
        assertThat(Recorded.pictures(stream())).isEqualTo(pictures(12, 20));
        assertThat(Recorded.split(stream()))
                .extracting(packet -> new Packet(packet, 0).pid())
                .startsWith(Packet.PAT, Mux.MAP_PID, Mux.VIDEO_PID);
        assertThat(Recorded.continuityErrors(stream())).isZero();
    }

    @Test
    void after_a_gap_whole_pictures_are_missing_and_no_counter_shows_it() {
        show(0, 5);
        playout.skip();
        show(8, 31);
        assertThat(Recorded.pictures(stream())).isEqualTo(pictures(0, 5, 12, 31));
        assertThat(Recorded.continuityErrors(stream())).isZero();
        assertThat(playout.skips()).isEqualTo(1);
    }

    @Test
    void without_a_gap_the_stream_is_as_it_was() {
        show(0, 40);
        byte[] tables = UNITS.getFirst().tables();
        byte[] was = Recorded.joined(UNITS.stream().map(Unit::packets).toList());
        assertThat(stream()).startsWith(tables).endsWith(was).hasSize(tables.length + was.length);
    }

    @Test
    void of_another_pid_nothing_is_shown_that_began_in_the_gap() {
        playout.next(UNITS.getFirst());
        playout.skip();
        byte[] rest = audio(false, 5);
        byte[] begin = audio(true, 6);
        byte[] after = audio(false, 7);
        Unit next = UNITS.get(12);
        byte[] packets = Recorded.joined(List.of(next.packets(), rest, begin, after));
        byte[] seen = playout.next(new Unit(true, true, 0, 0, next.tables(), packets));
        assertThat(Recorded.split(seen).stream().filter(packet -> new Packet(packet, 0).pid() == 300))
                .extracting(packet -> new Packet(packet, 0).isUnitStart())
                .containsExactly(true, false);
    }

    private static byte[] audio(boolean isStart, int counter) {
        byte[] packet = new byte[Packet.BYTES];
        packet[0] = Packet.SYNC;
        packet[1] = (byte) (isStart ? 0x41 : 0x01);
        packet[2] = 300 - 256;
        packet[3] = (byte) (0x10 | counter);
        return packet;
    }
}

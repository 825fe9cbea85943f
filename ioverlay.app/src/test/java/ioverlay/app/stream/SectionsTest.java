package ioverlay.app.stream;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Sections as muxers may lay them into packets (ISO/IEC 13818-1, 2.4.4). */
class SectionsTest {
    private static final int PID = 0x1021;

    private final List<byte[]> found = new ArrayList<>();
    private final Sections sections = new Sections();

    private static byte[] section(int size, int filler) {
        byte[] section = new byte[size];
        Arrays.fill(section, (byte) filler);
        section[0] = 2;
        section[1] = (byte) (0xb0 | (size - 3) >> 8);
        section[2] = (byte) (size - 3);
        int crc = Sections.crc(section, size - 4);
        for (int index = 0; index < 4; index++) {
            section[size - 4 + index] = (byte) (crc >>> (24 - 8 * index));
        }
        return section;
    }

    /** Sections one behind the other with nothing between them; the last packet is filled up. */
    private static List<byte[]> backToBack(List<byte[]> sections) {
        byte[] all = Recorded.joined(sections);
        List<Integer> begins = new ArrayList<>();
        int sum = 0;
        for (byte[] section : sections) {
            begins.add(sum);
            sum += section.length;
        }
        List<byte[]> packets = new ArrayList<>();
        int at = 0;
        while (at < all.length) {
            int from = at;
            int begin = begins.stream()
                    .filter(its -> its >= from && its < from + 183)
                    .findFirst()
                    .orElse(-1);
            ByteArrayOutputStream packet = new ByteArrayOutputStream();
            packet.write(Packet.SYNC);
            packet.write(begin < 0 ? PID >> 8 : 0x40 | (PID >> 8));
            packet.write(PID & 0xff);
            packet.write(0x10 | (packets.size() & 0xf));
            if (begin >= 0) {
                packet.write(begin - from);
            }
            int size = Math.min(Packet.BYTES - packet.size(), all.length - at);
            packet.write(all, at, size);
            at += size;
            while (packet.size() < Packet.BYTES) {
                packet.write(0xff);
            }
            packets.add(packet.toByteArray());
        }
        return packets;
    }

    private void take(List<byte[]> packets) {
        for (byte[] packet : packets) {
            sections.take(new Packet(packet, 0), found::add);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {20, 90, 182, 183, 184, 300, 366, 367, 1024})
    void sections_of_any_size_may_follow_each_other_within_packets(int size) {
        List<byte[]> sent = new ArrayList<>();
        for (int count = 0; count < 50; count++) {
            sent.add(section(size, count));
        }
        take(backToBack(sent));
        assertThat(found).containsExactlyElementsOf(sent);
        assertThat(sections.broken()).isZero();
    }

    @Test
    void the_packets_of_the_last_one_hold_it_and_nothing_of_its_neighbours() {
        List<byte[]> sent = List.of(section(100, 1), section(300, 2));
        take(backToBack(sent));
        Sections other = new Sections();
        List<byte[]> again = new ArrayList<>();
        List<byte[]> packets = Recorded.split(sections.packets());
        packets.forEach(packet -> other.take(new Packet(packet, 0), again::add));
        assertThat(again).containsExactly(sent.get(1));
        assertThat(packets).hasSize(2).allMatch(packet -> new Packet(packet, 0).pid() == PID);
        assertThat(new Packet(packets.getFirst(), 0).isUnitStart()).isTrue();
    }

    @Test
    void a_packet_that_comes_twice_counts_once() {
        List<byte[]> sent = List.of(section(300, 1), section(300, 2), section(300, 3));
        List<byte[]> twice = new ArrayList<>();
        backToBack(sent).forEach(packet -> twice.addAll(List.of(packet, packet.clone())));
        take(twice);
        assertThat(found).containsExactlyElementsOf(sent);
    }

    @Test
    void where_a_packet_is_missing_no_section_is_made_of_two() {
        List<byte[]> sent = List.of(section(400, 1), section(400, 2), section(400, 3));
        List<byte[]> packets = backToBack(sent);
        packets.remove(1);
        take(packets);
        assertThat(found).containsExactly(sent.get(1), sent.get(2));
        assertThat(sections.broken()).isZero();
    }
}

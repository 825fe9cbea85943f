package ioverlay.app.stream;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FramerTest {
    private static final List<byte[]> PACKETS = Recorded.packets(4);

    private final Framer framer = new Framer();
    private final List<byte[]> found = new ArrayList<>();

    private void take(byte[] bytes, int piece) {
        for (int at = 0; at < bytes.length; at += piece) {
            ByteBuffer next = ByteBuffer.wrap(bytes, at, Math.min(piece, bytes.length - at));
            framer.take(next, Recorded.sink(found)::packet);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 7, 188, 1316, 100_000})
    void finds_every_packet_however_the_bytes_come(int piece) {
        take(Recorded.joined(PACKETS), piece);
        assertThat(Recorded.joined(found)).isEqualTo(Recorded.joined(PACKETS));
        assertThat(framer.lostSync() + framer.skippedBytes()).isZero();
    }

    @Test
    void bytes_that_are_in_no_packet_are_left_out_and_counted() {
        take("G but no packet".getBytes(StandardCharsets.US_ASCII), 100);
        take(Recorded.joined(PACKETS), 1000);
        take(new byte[77], 77);
        take(Recorded.joined(PACKETS), 1000);
        assertThat(found).hasSize(2 * PACKETS.size());
        assertThat(framer.skippedBytes()).isEqualTo(15 + 77);
        assertThat(framer.lostSync()).isEqualTo(1);
    }

    @Test
    void zeros_for_ever_are_no_packets_and_fill_no_memory() {
        take(new byte[1 << 20], 1 << 16);
        assertThat(found).isEmpty();
        assertThat(framer.skippedBytes()).isGreaterThan((1 << 20) - 1000);
    }
}

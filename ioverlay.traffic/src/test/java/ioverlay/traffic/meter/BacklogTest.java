package ioverlay.traffic.meter;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class BacklogTest {
    private static final long MS = 1_000_000;

    private final Backlog backlog = new Backlog();

    @Test
    void without_a_backlog_nothing_is_known() {
        backlog.read(0, Backlog.NONE, 0, 0, 0);
        backlog.read(100 * MS, Backlog.NONE, 0, 5000, 5000);
        assertThat(backlog.bytesPerSecond(100 * MS)).isZero();
    }

    @Test
    void an_interval_counts_that_is_backlogged_at_both_ends_the_same_way() {
        backlog.read(0, Backlog.NONE, 0, 0, 0);
        backlog.read(100 * MS, Backlog.IN, 0, 1000, 0);
        backlog.read(200 * MS, Backlog.OUT, 0, 2000, 0);
        assertThat(backlog.bytesPerSecond(200 * MS)).isZero();
        backlog.read(300 * MS, Backlog.OUT, 0, 9000, 500);
        assertThat(backlog.bytesPerSecond(300 * MS)).isEqualTo(5000);
    }

    @Test
    void an_interval_does_not_count_in_which_the_cap_was_idle_for_a_while() {
        backlog.read(0, Backlog.IN, 7 * MS, 0, 0);
        backlog.read(100 * MS, Backlog.IN, 10 * MS, 4000, 0);
        assertThat(backlog.bytesPerSecond(100 * MS)).isZero();
        backlog.read(200 * MS, Backlog.IN, 12 * MS, 9000, 0);
        assertThat(backlog.bytesPerSecond(200 * MS)).isEqualTo(50_000);
    }

    @Test
    void both_directions_count_where_both_wait() {
        backlog.read(0, Backlog.IN | Backlog.OUT, 0, 0, 0);
        backlog.read(100 * MS, Backlog.IN | Backlog.OUT, 0, 300, 700);
        assertThat(backlog.bytesPerSecond(100 * MS)).isEqualTo(10_000);
    }

    @Test
    void it_is_what_the_last_ten_moved_in_their_time() {
        long bytes = 0;
        backlog.read(0, Backlog.OUT, 0, 0, 0);
        for (int i = 1; i <= 30; i++) {
            bytes += i <= 20 ? 1_000_000 : i % 2 == 0 ? 300 : 100;
            backlog.read(i * 100L * MS, Backlog.OUT, 0, 0, bytes);
        }
        assertThat(backlog.bytesPerSecond(3000 * MS)).isEqualTo(2000);
    }

    @Test
    void a_cap_that_lets_a_message_through_at_every_fifth_reading_is_not_taken_for_a_faster_one() {
        for (int i = 0; i <= 40; i++) {
            backlog.read(i * 100L * MS, Backlog.OUT, 0, 0, i / 5 * 5000L);
        }
        assertThat(backlog.bytesPerSecond(4000 * MS)).isEqualTo(10_000);
    }

    @Test
    void what_is_older_than_ten_seconds_is_not_told() {
        backlog.read(0, Backlog.OUT, 0, 0, 0);
        backlog.read(100 * MS, Backlog.OUT, 0, 0, 700);
        assertThat(backlog.bytesPerSecond(10_100 * MS)).isEqualTo(7000);
        assertThat(backlog.bytesPerSecond(10_101 * MS)).isZero();
    }
}

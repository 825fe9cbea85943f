package ioverlay.app;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PaceTest {
    private static final long SECOND = 1_000_000_000;

    @Test
    void the_first_byte_is_due_at_once() {
        assertThat(new Pace(1000).due(5 * SECOND)).isEqualTo(5 * SECOND);
    }

    @Test
    void the_next_is_due_when_the_rate_says_so() {
        Pace pace = new Pace(1000);
        pace.due(0);
        pace.sent(250);
        assertThat(pace.due(0)).isEqualTo(SECOND / 4);
    }

    @Test
    void lateness_does_not_add_up() {
        Pace pace = new Pace(1000);
        long now = 0;
        for (int i = 0; i < 1000; i++) {
            long due = pace.due(now);
            now = due + 1_000_000; // always a millisecond late
            pace.sent(10);
        }
        assertThat(pace.due(now)).isEqualTo(10 * SECOND);
    }

    @Test
    void a_long_stall_is_caught_up_only_in_part() {
        Pace pace = new Pace(1000);
        pace.due(0);
        assertThat(pace.due(10 * SECOND)).isEqualTo(10 * SECOND - Pace.MOST_BEHIND_NS);
        assertThat(pace.slippedNs()).isEqualTo(10 * SECOND - Pace.MOST_BEHIND_NS);
    }

    @Test
    void many_bytes_do_not_overflow() {
        Pace pace = new Pace(Pace.MAX_RATE);
        pace.due(0);
        pace.sent(1L << 50);
        assertThat(pace.due(0)).isBetween(1125 * SECOND, 1126 * SECOND);
    }

    @Test
    void the_slowest_rate_is_a_byte_a_second() {
        Pace pace = new Pace(1);
        pace.due(0);
        pace.sent(86_400);
        assertThat(pace.due(0)).isEqualTo(86_400 * SECOND);
    }
}

package ioverlay.bench.emulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class GaugeTest {
    private static final long SECOND = 1_000_000_000;
    private final Gauge gauge = new Gauge();

    @Test
    void a_rate_is_bytes_after_the_first_by_the_time_between_arrivals() {
        for (int i = 0; i <= 100; i++) {
            gauge.arrived(i * SECOND / 10, 1000, i, 0);
        }

        assertThat(gauge.firstNs()).hasValue(0);
        assertThat(gauge.rate(0, 5 * SECOND)).isEqualTo(10_000);
        assertThat(gauge.rate(0, 5 * SECOND + SECOND / 20))
                .as("nothing came since")
                .isEqualTo(10_000);
        assertThat(gauge.rate(2 * SECOND, 3 * SECOND)).isEqualTo(10_000);
    }

    @Test
    void messages_of_one_burst_count_with_the_time_of_the_last() {
        for (int i = 0; i < 10_000; i++) {
            gauge.arrived(i * 1000L, 100, i, 0); // a thousand within each millisecond
        }

        assertThat(gauge.rate(0, SECOND)).isCloseTo(1e8, within(1e3));
    }

    @Test
    void where_nothing_came_there_is_no_rate() {
        assertThat(gauge.rate(0, SECOND)).isZero();
        gauge.arrived(0, 1000, 0, 0);
        assertThat(gauge.rate(0, SECOND)).as("one message has no rate").isZero();
        assertThat(gauge.rate(5 * SECOND, 6 * SECOND)).isZero();
    }

    @Test
    void numbers_tell_what_is_missing_and_how_it_is_spread() {
        for (long sequence : new long[] {5, 6, 9, 10, 12, 11}) {
            gauge.arrived(sequence, 100, sequence, 0);
        }

        assertThat(gauge.losses()).isEqualTo(new Losses(8, 3, 2, 1));
    }

    @Test
    void how_long_messages_took_is_kept_in_their_order() {
        gauge.arrived(100, 10, 0, 40);
        gauge.arrived(200, 10, 1, 199);

        assertThat(gauge.delaysNs()).containsExactly(60, 1);
    }
}

package ioverlay.traffic.meter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class MeterTest {
    private static final long MS = 1_000_000;

    private final Window window = new Window();
    private final Meter meter = new Meter();

    private boolean read(long ms, long bytes, long messages) {
        window.next(ms * MS);
        return meter.read(window, bytes, messages);
    }

    @Test
    void before_anything_was_read_the_rate_is_zero() {
        window.begin(5 * MS);
        assertThat(meter.rate(window)).isEqualTo(Rate.NONE);
    }

    @Test
    void a_young_window_divides_by_the_time_that_has_passed() {
        window.begin(1000 * MS);
        read(1100, 500, 5);
        assertThat(meter.rate(window)).isEqualTo(new Rate(5000, 50));
    }

    @Test
    void a_late_reading_makes_no_error() {
        window.begin(0);
        read(100, 1000, 10);
        read(270, 2700, 27);
        read(300, 3000, 30);
        assertThat(meter.rate(window).bytes()).isCloseTo(10_000, within(1e-6));
        assertThat(meter.rate(window).messages()).isCloseTo(100, within(1e-9));
    }

    @Test
    void what_is_older_than_ten_intervals_does_not_count() {
        window.begin(0);
        read(100, 1_000_000, 1);
        for (int i = 2; i <= 11; i++) {
            read(100L * i, 1_000_000 + 10L * (i - 1), 1);
        }
        assertThat(meter.rate(window).bytes()).isCloseTo(100, within(1e-9));
        assertThat(meter.rate(window).messages()).isZero();
    }

    @Test
    void what_rests_is_told_after_ten_intervals_and_not_before() {
        window.begin(0);
        assertThat(read(100, 7, 1)).isTrue();
        for (int i = 2; i <= 10; i++) {
            assertThat(read(100L * i, 7, 1)).as("reading " + i).isTrue();
        }
        assertThat(read(1100, 7, 1)).isFalse();
        assertThat(meter.rate(window)).isEqualTo(Rate.NONE);
    }

    @Test
    void after_a_rest_only_the_time_since_counts() {
        window.begin(0);
        for (int i = 1; i <= 11; i++) {
            read(100L * i, 7, 1);
        }
        window.begin(60_000 * MS);
        read(60_100, 107, 2);
        assertThat(meter.rate(window)).isEqualTo(new Rate(1000, 10));
    }

    @Test
    void a_meter_that_is_younger_than_the_window_counted_nothing_before() {
        window.begin(0);
        read(100, 0, 0);
        read(200, 0, 0);
        Meter young = new Meter();
        window.next(400 * MS);
        young.read(window, 400, 4);
        assertThat(young.rate(window)).isEqualTo(new Rate(1000, 10));
    }
}

package ioverlay.traffic.shape;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

class ScheduleTest {
    private static final long MS = 1_000_000;
    private static final long S = 1_000 * MS;
    private static final long METERING = 50 * MS;

    private final Schedule schedule = new Schedule();

    /** Takes messages whenever one may begin, looking every so often; how many bytes until the end. */
    private static long take(Cap cap, long fromNs, long toNs, long everyNs, int messageBytes) {
        long bytes = 0;
        for (long now = fromNs; now < toNs; now += everyNs) {
            while (cap.allowance(now) > 0) {
                cap.charge(messageBytes, now);
                bytes += messageBytes;
            }
        }
        return bytes;
    }

    @Test
    void without_a_cap_everything_may_go() {
        assertThat(schedule.isCapped()).isFalse();
        assertThat(schedule.allowance(S)).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void the_rate_is_exact_however_late_each_message_is() {
        schedule.cap(100_000, METERING, 0);

        assertThat(take(schedule, 0, 5 * S, 7 * MS, 90)).isCloseTo(500_000, within(1_000L));
    }

    @Test
    void what_nobody_used_is_counted_and_what_is_kept_for_later_is_not() {
        schedule.cap(100_000, METERING, 0);
        trickle(schedule, 0, S);
        schedule.charge(100, S + 40 * MS);
        assertThat(schedule.unusedNs()).isZero();

        schedule.charge(100, S + 240 * MS);
        assertThat(schedule.unusedNs()).isCloseTo(190 * MS, within(2 * MS));
    }

    @Test
    void a_host_that_pauses_for_less_than_a_second_does_not_lower_the_rate() {
        schedule.cap(100_000, METERING, 0);
        long before = take(schedule, 0, 2 * S, MS, 90);
        long after = take(schedule, 2 * S + 600 * MS, 5 * S, MS, 90);

        assertThat(before + after).isCloseTo(500_000, within(1_000L));
    }

    @Test
    void a_pause_of_the_process_does_not_lower_the_rate_of_who_had_nothing_to_wait_for() {
        long[] stood = {0};
        Schedule slept = new Schedule(() -> stood[0]);
        slept.cap(100_000, METERING, 0);
        slept.charge(90, 0);
        long before = trickle(slept, MS, S);
        stood[0] = 140 * MS;
        long after = take(slept, S + 140 * MS, 2 * S, MS, 90);

        assertThat(before + after).isCloseTo(200_000, within(1_000L));
    }

    /** Half a message each time: nobody ever waits, and nothing is left over. */
    private static long trickle(Cap cap, long fromNs, long toNs) {
        long bytes = 0;
        for (long now = fromNs; now < toNs; now += MS) {
            cap.charge(100, now);
            bytes += 100;
        }
        return bytes;
    }

    @Test
    void two_caps_in_series_make_up_for_one_pause_of_the_process() {
        long[] stood = {0};
        Schedule first = new Schedule(() -> stood[0]);
        Schedule second = new Schedule(() -> stood[0]);
        first.cap(100_000, METERING, 0);
        second.cap(100_000, METERING, 0);
        long between = 0;
        long arrived = 0;
        for (long now = 0; now < 5 * S; now += MS) {
            if (now % S == 500 * MS) {
                now += 140 * MS;
                stood[0] += 140 * MS;
            }
            while (between > 0 && second.allowance(now) > 0) {
                second.charge(90, now);
                between -= 90;
                arrived += 90;
            }
            while (first.allowance(now) > 0) {
                first.charge(90, now);
                between += 90;
            }
        }

        assertThat(arrived).isCloseTo(500_000, within(2_000L));
    }

    @Test
    void a_pause_is_made_up_for_once() {
        long[] stood = {0};
        Schedule slept = new Schedule(() -> stood[0]);
        slept.cap(100_000, METERING, 0);
        trickle(slept, 0, S);
        stood[0] = 140 * MS;
        assertThat(take(slept, S + 140 * MS, 2 * S, MS, 90)).isCloseTo(100_000, within(1_000L));

        trickle(slept, 2 * S, 3 * S);
        assertThat(slept.allowance(3 * S + 200 * MS))
                .as("of a gap without a pause")
                .isBetween(4_000L, 5_100L);
    }

    @Test
    void who_was_late_once_and_then_sends_more_slowly_saves_up_no_more_than_it_was_late() {
        schedule.cap(100_000, METERING, 0);
        schedule.charge(1_000, 0);
        assertThat(schedule.allowance(MS)).isZero();
        assertThat(schedule.allowance(210 * MS)).isPositive(); // 200 ms late
        for (long now = 210 * MS; now < 5 * S; now += MS) {
            schedule.charge(50, now); // half of it
        }

        assertThat(schedule.allowance(5 * S)).isBetween(10_000L, 21_000L);
    }

    @Test
    void a_short_gap_leaves_a_metering_interval() {
        schedule.cap(100_000, METERING, 0);
        schedule.charge(1, 0);

        assertThat(schedule.allowance(200 * MS)).isBetween(4_900L, 5_100L);
    }

    @Test
    void a_start_is_no_burst_however_soon_after_the_change() {
        schedule.cap(100_000, METERING, 0);

        assertThat(schedule.allowance(49 * MS)).isBetween(900L, 1_100L); // 10 ms
    }

    @Test
    void of_a_rest_only_a_part_of_the_metering_interval_is_left() {
        schedule.cap(100_000, METERING, 0);
        schedule.charge(1, 0);

        assertThat(schedule.allowance(10 * S)).isBetween(900L, 1_100L); // 10 ms
    }

    @Test
    void a_rest_after_somebody_waited_and_left_is_a_rest_too() {
        schedule.cap(100_000, METERING, 0);
        schedule.charge(10_000, 0);
        assertThat(schedule.allowance(10 * MS)).isZero(); // it waits, and never comes back

        assertThat(schedule.allowance(30 * S)).isBetween(900L, 1_100L); // 10 ms
    }

    @Test
    void a_metering_interval_of_a_second_is_saved_up_by_who_sends_more_slowly() {
        schedule.cap(100_000, S, 0);
        for (long now = 0; now < 5 * S; now += MS) {
            schedule.charge(50, now); // half of it
        }

        assertThat(schedule.allowance(5 * S)).isBetween(95_000L, 101_000L);
    }

    @Test
    void who_sends_more_slowly_saves_up_no_more_than_the_metering_interval() {
        schedule.cap(100_000, METERING, 0);
        for (long now = 0; now < 5 * S; now += MS) {
            schedule.charge(50, now); // half of it
        }

        assertThat(schedule.allowance(5 * S)).isBetween(4_000L, 5_100L);
    }

    @Test
    void another_rate_holds_at_once_whatever_was_charged_before() {
        schedule.cap(100, METERING, 0);
        schedule.charge(1_000_000, 0);
        assertThat(schedule.allowance(S)).isZero();

        schedule.cap(100_000, METERING, S);
        assertThat(take(schedule, S, 2 * S, MS, 100)).isCloseTo(100_000, within(300L));
    }

    @Test
    void the_same_rate_again_changes_nothing() {
        schedule.cap(100, METERING, 0);
        schedule.charge(1_000_000, 0);

        schedule.cap(100, METERING, S);
        assertThat(schedule.allowance(S)).isZero();
    }

    @Test
    void of_several_caps_the_lowest_holds_and_all_are_paid() {
        Schedule low = new Schedule();
        low.cap(50_000, METERING, 0);
        schedule.cap(80_000, METERING, 0);

        assertThat(take(new Toll(List.of(schedule, low)), 0, 5 * S, MS, 90)).isCloseTo(250_000, within(1_000L));
    }

    @Test
    void two_ways_that_share_a_cap_get_half_each_while_both_want_it() {
        schedule.cap(100_000, METERING, 0);
        TwoWay ways = new TwoWay(schedule);
        long in = 0;
        long out = 0;
        for (long now = 0; now < 5 * S; now += MS) {
            if (ways.in().allowance(now) > 0) { // always first
                ways.in().charge(700, now);
                in += 700;
            }
            while (ways.out().allowance(now) > 0) {
                ways.out().charge(90, now);
                out += 90;
            }
        }

        assertThat(in + out).isCloseTo(500_000, within(5_000L));
        assertThat(in).isCloseTo(250_000, within(12_500L));
    }

    @Test
    void one_way_gets_all_while_the_other_does_not_want_it_any_more() {
        schedule.cap(100_000, METERING, 0);
        TwoWay ways = new TwoWay(schedule);
        ways.in().charge(1_000, 0);
        assertThat(ways.out().allowance(0)).isZero(); // it waits, and then never comes back

        assertThat(take(ways.in(), 20 * MS, S + 20 * MS, MS, 100)).isCloseTo(100_000, within(2_000L));
    }
}

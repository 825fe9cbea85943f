package ioverlay.traffic.meter;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RoundTripTest {
    private final RoundTrip trip = new RoundTrip();

    @Test
    void before_an_answer_nothing_is_known() {
        trip.ask(7, 100);
        assertThat(trip.latestMicros()).isEqualTo(-1);
        assertThat(trip.leastMicros()).isEqualTo(-1);
        assertThat(trip.ageNs(1_000_000)).isZero();
    }

    @Test
    void the_latest_the_least_and_the_age_are_known() {
        trip.ask(7, 1000);
        assertThat(trip.answer(7, 3000)).isTrue();
        trip.ask(8, 10_000);
        assertThat(trip.answer(8, 15_000)).isTrue();
        assertThat(trip.latestMicros()).isEqualTo(5);
        assertThat(trip.leastMicros()).isEqualTo(2);
        assertThat(trip.ageNs(20_000)).isEqualTo(5000);
    }

    @Test
    void the_first_question_is_due_at_once_and_the_next_after_an_interval() {
        assertThat(trip.isDue(1000, 1)).isTrue();
        trip.ask(7, 1);
        assertThat(trip.answer(7, 2)).isTrue();
        assertThat(trip.isDue(1000, 1000)).isFalse();
        assertThat(trip.isDue(1000, 1001)).isTrue();
    }

    @Test
    void a_question_that_is_out_is_not_replaced_before_its_answer_can_be_there() {
        long s = 1_000_000_000L;
        trip.ask(7, 0);
        assertThat(trip.isDue(s, 129 * s)).isFalse();
        assertThat(trip.isDue(s, 130 * s)).isTrue();
        assertThat(trip.answer(7, 3 * s)).isTrue();
        assertThat(trip.isDue(s, 3 * s)).isTrue();
        trip.ask(8, 10 * s);
        assertThat(trip.isDue(s, 40 * s - 1)).isFalse();
        assertThat(trip.isDue(s, 40 * s)).isTrue();
        assertThat(trip.answer(8, 30 * s)).isTrue();
        trip.ask(9, 50 * s);
        assertThat(trip.isDue(s, 180 * s - 1)).isFalse();
        assertThat(trip.isDue(s, 180 * s)).isTrue();
    }

    @Test
    void who_asked_in_vain_waits_twice_as_long_until_an_answer_comes() {
        trip.ask(1, 0);
        assertThat(trip.answer(1, 5)).isTrue();
        trip.ask(2, 1_000);
        trip.ask(3, 2_000);
        assertThat(trip.isDue(1_000, 3_999)).isFalse();
        assertThat(trip.isDue(1_000, 4_000)).isTrue();
        trip.ask(4, 4_000);
        assertThat(trip.isDue(1_000, 7_999)).isFalse();
        assertThat(trip.isDue(1_000, 8_000)).isTrue();
        assertThat(trip.answer(4, 7_000)).isTrue();
        trip.ask(5, 8_000);
        assertThat(trip.isDue(1_000, 37_999)).as("ten times 3000").isFalse();
        assertThat(trip.isDue(1_000, 38_000)).isTrue();
    }

    @Test
    void an_answer_to_another_question_or_a_second_one_is_none() {
        trip.ask(7, 1000);
        assertThat(trip.answer(6, 1001)).isFalse();
        assertThat(trip.answer(7, 2000)).isTrue();
        assertThat(trip.answer(7, 9000)).isFalse();
        assertThat(trip.latestMicros()).isEqualTo(1);
    }
}

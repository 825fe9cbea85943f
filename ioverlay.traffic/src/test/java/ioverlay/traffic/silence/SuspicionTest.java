package ioverlay.traffic.silence;

import static ioverlay.traffic.silence.Suspicion.Verdict.ASK;
import static ioverlay.traffic.silence.Suspicion.Verdict.FAILED;
import static ioverlay.traffic.silence.Suspicion.Verdict.WAIT;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;

class SuspicionTest {
    private static final long LIMIT = 2_000;
    private static final long LOOK = LIMIT / 32;

    private final Suspicion suspicion = new Suspicion(LIMIT);

    @Test
    void who_owes_and_is_silent_is_asked_once_at_half_the_limit_and_has_failed_at_the_limit() {
        long askedAt = 0;
        long failedAt = 0;
        for (long now = 0; failedAt == 0; now += LOOK) {
            switch (suspicion.look(now, 5, true)) {
                case ASK -> {
                    assertThat(askedAt).as("asked before").isZero();
                    askedAt = now;
                }
                case FAILED -> failedAt = now;
                case WAIT -> assertThat(now).isLessThan(2 * LIMIT);
            }
        }
        assertThat(askedAt).isBetween(LIMIT / 2, LIMIT / 2 + LOOK);
        assertThat(failedAt).isBetween(LIMIT, LIMIT + 2 * LOOK);
    }

    @Test
    void an_answer_ends_the_suspicion_and_it_is_asked_again_only_after_another_half() {
        long now = 0;
        while (suspicion.look(now, 0, true) != ASK) {
            now += LOOK;
        }
        long answered = now + LOOK;
        assertThat(suspicion.look(answered, 1, true)).isEqualTo(WAIT);
        for (now = answered; now < answered + LIMIT / 2; now += LOOK) {
            assertThat(suspicion.look(now, 1, true)).isEqualTo(WAIT);
        }
        assertThat(suspicion.look(answered + LIMIT / 2, 1, true)).isEqualTo(ASK);
    }

    @Test
    void who_owes_nothing_is_never_asked_and_owing_begins_anew() {
        for (long now = 0; now < 10 * LIMIT; now += LOOK) {
            assertThat(suspicion.look(now, 0, false)).isEqualTo(WAIT);
        }
        long began = 10 * LIMIT;
        assertThat(suspicion.look(began, 0, true)).isEqualTo(WAIT);
        assertThat(suspicion.look(began + LIMIT / 2 - 1, 0, true)).isEqualTo(WAIT);
        assertThat(suspicion.look(began + LIMIT / 2, 0, true)).isEqualTo(ASK);
    }

    @Test
    void who_was_asked_late_has_its_time_to_answer_all_the_same() {
        suspicion.look(0, 0, true);
        assertThat(suspicion.look(LIMIT - 1, 0, true)).isEqualTo(ASK);
        assertThat(suspicion.look(LIMIT, 0, true)).isEqualTo(WAIT);
        assertThat(suspicion.look(LIMIT + LIMIT / 2, 0, true)).isEqualTo(FAILED);
    }

    @Test
    void who_gives_a_sign_within_each_half_never_fails_whatever_its_rhythm() {
        Random random = new Random(7);
        long signs = 0;
        long now = 0;
        for (int i = 0; i < 10_000; i++) {
            for (long quiet = random.nextLong(LIMIT / 2); quiet > 0; quiet -= LOOK) {
                now += LOOK;
                assertThat(suspicion.look(now, signs, random.nextInt(8) > 0)).isNotEqualTo(FAILED);
            }
            signs++;
        }
    }

    @Test
    void time_in_which_nobody_looked_does_not_count() {
        Awake awake = new Awake(10);
        awake.begin(1_000);
        assertThat(awake.look(1_010)).isEqualTo(10);
        assertThat(awake.look(1_010 + 1_000_000))
                .as("a pause counts as a few looks")
                .isEqualTo(90);
        awake.begin(9_000_000);
        assertThat(awake.look(9_000_010)).isEqualTo(100);
        assertThat(awake.look(9_000_000)).as("a clock does not go back").isEqualTo(100);
    }

    @Test
    void what_goes_on_is_told_now_and_then_and_what_comes_once_in_a_while_is_not() {
        Progress progress = new Progress(100);
        int told = 0;
        for (long now = 5_000; now <= 6_000; now += 10) {
            told += progress.goesOn(now) ? 1 : 0;
        }
        assertThat(told).isEqualTo(10);
        for (long now = 7_000; now <= 9_000; now += 150) {
            assertThat(progress.goesOn(now)).isFalse();
        }
    }

    @Test
    void who_says_bye_is_waited_for_as_long_as_the_slowest_cap_needs_but_not_for_ever() {
        assertThat(Farewell.patienceMs(30_000, 128 << 10, Long.MAX_VALUE)).isEqualTo(30_000);
        assertThat(Farewell.patienceMs(30_000, 128_000, 2_000)).isEqualTo(94_000);
        assertThat(Farewell.patienceMs(30_000, Long.MAX_VALUE, 1)).isEqualTo(Farewell.MOST_MS);
    }

    @Test
    void a_death_is_told_once_until_there_was_a_sign_of_life() {
        Obituaries<String> told = new Obituaries<>(2);
        assertThat(told.isNews("a")).isTrue();
        assertThat(told.isNews("a")).isFalse();
        told.lives("a");
        assertThat(told.isNews("a")).isTrue();
        assertThat(told.isNews("b")).isTrue();
        assertThat(told.isNews("c")).isTrue();
        assertThat(told.isNews("b")).isFalse();
        assertThat(told.isNews("a")).as("the first of three was forgotten").isTrue();
    }

    @Test
    void a_peer_is_dialled_a_few_times_at_once_and_then_at_its_pace() {
        DialPace<String> pace = new DialPace<>(2);
        long spacing = DialPace.SPACING_MS * 1_000_000L;
        for (int i = 0; i < DialPace.BURST; i++) {
            assertThat(pace.dial("a", 0)).isZero();
        }
        assertThat(pace.dial("a", 0)).isEqualTo(spacing);
        assertThat(pace.dial("a", spacing)).isEqualTo(spacing);
        assertThat(pace.dial("b", 0)).as("another peer").isZero();
        assertThat(pace.dial("a", 100 * spacing)).as("after a while").isZero();
    }
}

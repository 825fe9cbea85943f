package ioverlay.traffic.silence;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class DialPaceTest {
    private static final long SPACING_NS = DialPace.SPACING_MS * 1_000_000L;

    private final DialPace<String> pace = new DialPace<>(2);

    @Test
    void a_peer_is_dialled_four_times_at_once_and_then_at_a_pace() {
        for (int i = 0; i < 4; i++) {
            assertThat(pace.dial("a", 0)).isZero();
        }
        assertThat(pace.dial("a", 0)).isEqualTo(SPACING_NS);
        assertThat(pace.dial("a", 0)).isEqualTo(2 * SPACING_NS);
        assertThat(pace.dial("a", 2 * SPACING_NS)).isEqualTo(SPACING_NS);
        assertThat(pace.dial("b", 0)).as("another one").isZero();
    }

    @Test
    void who_is_left_alone_for_a_while_may_be_dialled_at_once_again_but_not_more_often_than_at_first() {
        for (int i = 0; i < 6; i++) {
            pace.dial("a", 0);
        }
        long later = 100 * SPACING_NS;
        for (int i = 0; i < 4; i++) {
            assertThat(pace.dial("a", later)).isZero();
        }
        assertThat(pace.dial("a", later)).isEqualTo(SPACING_NS);
    }

    @Test
    void only_so_many_peers_are_remembered_and_the_one_dialled_first_is_forgotten() {
        for (int i = 0; i < 4; i++) {
            pace.dial("a", 0);
        }
        pace.dial("b", 0);
        pace.dial("c", 0);
        assertThat(pace.dial("a", 0)).isZero();
    }
}

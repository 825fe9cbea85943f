package ioverlay.traffic.shape;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class DelayTest {
    private static final int MANY = 20_000;
    private static final long LATENCY = 20_000_000;
    private static final long JITTER = 8_000_000;

    @Test
    void without_jitter_each_message_takes_the_latency() {
        Delay delay = new Delay(LATENCY, 0, 0, 1);

        assertThat(delay.releaseNs(5)).isEqualTo(5 + LATENCY);
        assertThat(delay.isPerMessage()).isFalse();
        assertThat(delay.isNone()).isFalse();
        assertThat(Delay.NONE.isNone()).isTrue();
    }

    @Test
    void jitter_is_spread_evenly_and_nothing_lies_beyond_it() {
        Delay delay = new Delay(LATENCY, JITTER, 0, 1);
        int[] tenths = new int[10];
        for (int i = 0; i < MANY; i++) {
            long off = delay.releaseNs(0) - (LATENCY - JITTER);
            assertThat(off).isBetween(0L, 2 * JITTER);
            tenths[(int) Math.min(9, off * 10 / (2 * JITTER))]++;
        }

        // 2000 each with a deviation of 42: five of them.
        assertThat(IntStream.of(tenths)).allMatch(count -> Math.abs(count - MANY / 10) <= 210);
    }

    @Test
    void the_share_is_lost_and_losses_do_not_come_in_a_rhythm() {
        Delay delay = new Delay(0, 0, 0.3, 1);
        boolean[] lost = new boolean[MANY];
        int all = 0;
        int pairs = 0;
        for (int i = 0; i < MANY; i++) {
            lost[i] = delay.loses();
            all += lost[i] ? 1 : 0;
            pairs += i > 0 && lost[i] && lost[i - 1] ? 1 : 0;
        }

        assertThat(all).isCloseTo(6_000, within(325)); // five deviations of 65
        assertThat(pairs).isCloseTo(1_800, within(300));
    }

    @Test
    void nothing_is_lost_at_0_and_everything_at_1() {
        Delay sure = new Delay(LATENCY, 0, 0, 1);
        Delay hopeless = new Delay(0, 0, 1, 1);

        assertThat(IntStream.range(0, 1_000)).noneMatch(i -> sure.loses());
        assertThat(IntStream.range(0, 1_000)).allMatch(i -> hopeless.loses());
    }

    @Test
    void the_same_seed_gives_the_same_fate_and_another_one_another() {
        assertThat(fate(7)).isEqualTo(fate(7)).isNotEqualTo(fate(8));
    }

    private static String fate(long seed) {
        Delay delay = new Delay(LATENCY, JITTER, 0.5, seed);
        StringBuilder fate = new StringBuilder();
        for (int i = 0; i < 100; i++) {
            fate.append(delay.loses()).append(delay.releaseNs(0)).append(' ');
        }
        return fate.toString();
    }

    @Test
    void two_are_alike_if_they_treat_messages_alike() {
        Delay delay = new Delay(LATENCY, JITTER, 0, 1);

        assertThat(delay.isLike(new Delay(LATENCY, JITTER, 0, 1))).isTrue();
        assertThat(delay.isLike(new Delay(LATENCY, JITTER, 0, 2))).isFalse();
        assertThat(delay.isLike(new Delay(LATENCY, JITTER, 0.1, 1))).isFalse();
        assertThat(new Delay(LATENCY, 0, 0, 1).isLike(new Delay(LATENCY, 0, 0, 2)))
                .as("nothing is drawn")
                .isTrue();
    }
}

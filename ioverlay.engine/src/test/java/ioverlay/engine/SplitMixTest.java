package ioverlay.engine;

import static org.assertj.core.api.Assertions.assertThat;

import ioverlay.io.shared.SplitMix;
import org.junit.jupiter.api.Test;

class SplitMixTest {
    @Test
    void gives_the_published_sequence() {
        SplitMix random = new SplitMix(1234567); // the values are those of the reference in C (Vigna, splitmix64.c)
        assertThat(random.nextLong()).isEqualTo(6457827717110365317L);
        assertThat(random.nextLong()).isEqualTo(3203168211198807973L);
        assertThat(Long.toUnsignedString(random.nextLong())).isEqualTo("9817491932198370423");
    }

    @Test
    void a_carried_state_goes_on_where_it_was() {
        SplitMix old = SplitMix.of(42, 7);
        old.nextLong();
        SplitMix next = SplitMix.of(1, 1);
        next.state(old.state());
        assertThat(next.nextLong()).isEqualTo(old.nextLong());
    }

    @Test
    void the_same_seed_and_application_give_the_same() {
        assertThat(SplitMix.of(42, 7).nextLong()).isEqualTo(SplitMix.of(42, 7).nextLong());
    }

    @Test
    void applications_and_seeds_differ() {
        long one = SplitMix.of(42, 0).nextLong();
        assertThat(SplitMix.of(42, 1).nextLong()).isNotEqualTo(one);
        assertThat(SplitMix.of(43, 0).nextLong()).isNotEqualTo(one);
    }
}

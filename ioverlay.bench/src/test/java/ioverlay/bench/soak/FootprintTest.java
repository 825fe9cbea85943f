package ioverlay.bench.soak;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class FootprintTest {
    private static final Footprint BEFORE = new Footprint(20, 5, 40, 4000, 0, 6_000_000);

    @Test
    void what_grew_a_little_is_no_leak() {
        assertThat(new Footprint(21, 6, 41, 4040, 100_000, 9_000_000).grownSince(BEFORE))
                .isEmpty();
    }

    @Test
    void every_number_is_looked_at() {
        assertThat(new Footprint(30, 15, 60, 5000, 2 << 20, 60_000_000).grownSince(BEFORE))
                .hasSize(6)
                .first()
                .isEqualTo("a leak: 30 threads after it, 20 before, at most 2 more are expected");
    }
}

package ioverlay.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PaceTest {
    @Test
    void theSmallestFileTakesAsLongAsTheLargest() {
        assertThat(Pace.of(0, 16).time())
                .isGreaterThan(Pace.LEAST)
                .isEqualTo(Pace.of(1L << 40, 16).time());
    }

    @Test
    void manySwapsGetMoreTime() {
        assertThat(Pace.of(1 << 20, 128).time())
                .isGreaterThan(Pace.of(1 << 20, 16).time());
    }

    @Test
    void aSmallFileIsCutIntoSmallPiecesAndALargeOneIntoLargeOnes() {
        assertThat(Pace.of(0, 16).chunkBytes()).isEqualTo(1);
        assertThat(Pace.of(2, 16).chunkBytes()).isEqualTo(1);
        assertThat(Pace.of(512_000, 16).chunkBytes()).isEqualTo(1000);
        assertThat(Pace.of(1L << 40, 16).chunkBytes()).isEqualTo((32 << 10) - 24);
    }
}

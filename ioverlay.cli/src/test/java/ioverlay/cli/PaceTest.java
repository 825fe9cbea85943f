package ioverlay.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PaceTest {
    @Test
    void theSmallestFileTakesAsLongAsALargeOne() {
        assertThat(Pace.of(0, 7, 16).time())
                .isGreaterThan(Pace.LEAST)
                .isEqualTo(Pace.of(150_000_000, 7, 16).time());
    }

    @Test
    void manyCopiesGetMoreTime() {
        assertThat(Pace.of(150_000_000, 70, 16).time()).hasSeconds(84);
    }

    @Test
    void manySwapsGetMoreTime() {
        assertThat(Pace.of(1 << 20, 7, 128).time())
                .isGreaterThan(Pace.of(1 << 20, 7, 16).time());
    }

    @Test
    void aSmallFileIsCutIntoSmallPiecesAndALargeOneIntoLargeOnes() {
        assertThat(Pace.of(0, 7, 16).chunkBytes()).isEqualTo(1);
        assertThat(Pace.of(2, 7, 16).chunkBytes()).isEqualTo(1);
        assertThat(Pace.of(512_000, 7, 16).chunkBytes()).isEqualTo(1000);
        assertThat(Pace.of(1L << 40, 7, 16).chunkBytes()).isEqualTo((32 << 10) - 24);
    }
}

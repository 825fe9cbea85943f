package ioverlay.app;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PaceTest {
    private static final long SECOND = 1_000_000_000;

    @Test
    void theFirstByteIsDueAtOnce() {
        assertThat(new Pace(1000).due(5 * SECOND)).isEqualTo(5 * SECOND);
    }

    @Test
    void theNextIsDueWhenTheRateSaysSo() {
        Pace pace = new Pace(1000);
        pace.due(0);
        pace.sent(250);
        assertThat(pace.due(0)).isEqualTo(SECOND / 4);
    }

    @Test
    void latenessDoesNotAddUp() {
        Pace pace = new Pace(1000);
        long now = 0;
        for (int i = 0; i < 1000; i++) {
            long due = pace.due(now);
            now = due + 1_000_000; // always a millisecond late
            pace.sent(10);
        }
        assertThat(pace.due(now)).isEqualTo(10 * SECOND);
    }

    @Test
    void aLongStallIsCaughtUpOnlyInPart() {
        Pace pace = new Pace(1000);
        pace.due(0);
        assertThat(pace.due(10 * SECOND)).isEqualTo(10 * SECOND - Pace.MOST_BEHIND_NS);
        assertThat(pace.slippedNs()).isEqualTo(10 * SECOND - Pace.MOST_BEHIND_NS);
    }

    @Test
    void manyBytesDoNotOverflow() {
        Pace pace = new Pace(Pace.MAX_RATE);
        pace.due(0);
        pace.sent(1L << 50);
        assertThat(pace.due(0)).isBetween(1125 * SECOND, 1126 * SECOND);
    }

    @Test
    void theSlowestRateIsAByteASecond() {
        Pace pace = new Pace(1);
        pace.due(0);
        pace.sent(86_400);
        assertThat(pace.due(0)).isEqualTo(86_400 * SECOND);
    }
}

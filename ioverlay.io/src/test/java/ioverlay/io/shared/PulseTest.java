package ioverlay.io.shared;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.Queue;
import org.junit.jupiter.api.Test;

/** The beats come by hand: no test here depends on the time. */
class PulseTest {
    private static final long MS = 1_000_000;
    private static final long BEAT = 10 * MS;

    private final Queue<Runnable> beats = new ArrayDeque<>();
    private long now;
    private final Pulse pulse = new Pulse((beat, ns) -> beats.add(beat), () -> now);

    /** The next beat comes so much after the one before. */
    private void beat(long afterNs) {
        now += afterNs;
        beats.remove().run();
    }

    @Test
    void a_process_that_runs_has_not_stood_still() {
        assertThat(pulse.stoodNs()).isZero();
        for (int i = 0; i < 50; i++) {
            beat(BEAT + 2 * MS);
        }

        assertThat(pulse.stoodNs()).isZero();
    }

    @Test
    void a_beat_that_comes_late_says_how_long_it_stood_still() {
        pulse.stoodNs();
        beat(BEAT);
        beat(BEAT + 140 * MS);
        beat(BEAT);
        assertThat(pulse.stoodNs()).isEqualTo(140 * MS);

        beat(BEAT + 30 * MS);
        assertThat(pulse.stoodNs()).as("both").isEqualTo(170 * MS);
    }

    @Test
    void who_asks_before_the_late_beat_hears_the_same() {
        pulse.stoodNs();
        now += BEAT + 140 * MS;
        assertThat(pulse.stoodNs()).isEqualTo(140 * MS);

        beat(0);
        assertThat(pulse.stoodNs()).as("not twice").isEqualTo(140 * MS);
    }

    @Test
    void when_nobody_asks_it_ends_and_begins_with_the_next_question() {
        pulse.stoodNs();
        int came = 0;
        while (!beats.isEmpty() && came < 1_000) {
            beat(BEAT);
            came++;
        }
        assertThat(came).isBetween(100, 110);

        now += 3_600_000 * MS;
        assertThat(pulse.stoodNs()).as("nobody wanted to know").isZero();
        assertThat(beats).hasSize(1);
    }

    @Test
    void however_many_ask_there_is_one_beat() {
        pulse.stoodNs();
        pulse.stoodNs();
        beat(BEAT);
        pulse.stoodNs();

        assertThat(beats).hasSize(1);
    }
}

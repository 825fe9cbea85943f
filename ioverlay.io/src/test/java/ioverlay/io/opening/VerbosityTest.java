package ioverlay.io.opening;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class VerbosityTest {
    private final Verbosity verbosity = new Verbosity();

    private int admitted(long second, int knocks) {
        int lines = 0;
        for (int i = 0; i < knocks; i++) {
            lines += verbosity.admits(TimeUnit.SECONDS.toNanos(second) + i) ? 1 : 0;
        }
        return lines;
    }

    @Test
    void a_flood_writes_so_many_lines_and_no_more() {
        assertThat(admitted(7, 10_000)).isEqualTo(Verbosity.LINES_PER_SECOND);
    }

    @Test
    void the_next_second_has_its_own_lines() {
        admitted(7, 10_000);
        assertThat(admitted(8, 3)).isEqualTo(3);
    }
}

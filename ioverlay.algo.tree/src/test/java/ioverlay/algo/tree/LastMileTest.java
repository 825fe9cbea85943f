package ioverlay.algo.tree;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import org.junit.jupiter.api.Test;

/** What is taken for the bandwidth of the last mile. */
class LastMileTest {
    private final LastMile lastMile = new LastMile();

    private boolean reported(double bytesPerSecond, int cap) {
        JsonObject emulation = new JsonObject();
        emulation.addProperty("total", cap);
        JsonObject report = new JsonObject();
        report.add("emulation", emulation);
        report.addProperty("lastMileBytesPerSecond", bytesPerSecond);
        return lastMile.reported(report);
    }

    @Test
    void without_a_probe_the_first_traffic_that_waited_says_it() {
        reported(0, 1);
        assertThat(lastMile.rate()).isZero();
        reported(90_000, 1);
        assertThat(lastMile.rate()).isEqualTo(90_000);
    }

    @Test
    void what_is_slower_for_a_moment_is_not_believed_and_what_stays_slower_is() {
        lastMile.measured(200_000);
        for (int slow = 0; slow < 3; slow++) {
            reported(100_000 + slow, 1);
            reported(100_000 + slow, 1); // the same again, since nothing has waited
            assertThat(lastMile.rate()).isEqualTo(200_000);
        }
        reported(100_004, 1);
        assertThat(lastMile.rate()).isCloseTo(100_000, org.assertj.core.data.Offset.offset(10.0));
    }

    @Test
    void one_burst_is_not_believed_either() {
        lastMile.measured(100_000);
        reported(500_000, 1);
        assertThat(lastMile.rate()).isEqualTo(100_000);
    }

    @Test
    void another_network_asks_for_another_probe_which_counts_at_once() {
        assertThat(reported(0, 100_000)).isFalse();
        assertThat(reported(0, 100_000)).isFalse();
        assertThat(reported(0, 50_000)).isTrue();
        lastMile.measured(50_000);
        assertThat(lastMile.rate()).isEqualTo(50_000);
    }
}

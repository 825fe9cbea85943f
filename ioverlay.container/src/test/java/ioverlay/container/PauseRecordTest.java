package ioverlay.container;

import static org.assertj.core.api.Assertions.assertThat;

import ioverlay.api.container.NodeStatus.PauseStatus;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

final class PauseRecordTest {
    private final PauseRecord pauses = new PauseRecord();

    private void add(long micros) {
        pauses.add(TimeUnit.MICROSECONDS.toNanos(micros));
    }

    @Test
    void withoutSwapsAllIsZero() {
        assertThat(pauses.status()).isEqualTo(new PauseStatus(0, 0, 0, 0));
    }

    @Test
    void oneSwapIsEveryPercentile() {
        add(7);
        assertThat(pauses.status()).isEqualTo(new PauseStatus(1, 7, 7, 7));
    }

    @Test
    void percentilesAreExact() {
        for (int micros = 100; micros >= 1; micros--) {
            add(micros);
        }
        assertThat(pauses.status()).isEqualTo(new PauseStatus(100, 50, 99, 100));
    }

    @Test
    void beyondTheBoundPercentilesAreOfTheLastAndTheLongestIsOfAll() {
        add(1_000_000);
        for (int count = 0; count < PauseRecord.MAX_KEPT; count++) {
            add(5);
        }
        assertThat(pauses.status()).isEqualTo(new PauseStatus(PauseRecord.MAX_KEPT + 1, 5, 5, 1_000_000));
    }
}

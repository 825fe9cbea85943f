package ioverlay.itest;

import ioverlay.itest.algorithms.Counter;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A test that begins with a slot at which counter 1.0.0 has counted two, and 1.1.0 is there. */
abstract class CounterSlotTest {
    @TempDir
    Path directory;

    CounterSlot counter;

    @BeforeEach
    void boot() throws Exception {
        counter = new CounterSlot(directory, Map.of());
        counter.deploy("1.1.0", Counter.class);
        counter.count(2, 2);
    }

    @AfterEach
    void stop() throws Exception {
        counter.close();
    }
}

package ioverlay.itest;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code run/overlay bench} as a person starts it, and whether what is promised of swaps holds on this machine. */
class BenchTest {
    private static final long TIMEOUT_S = 120;

    /** Other programs of the machine count into a pause: the bound holds if it held once. */
    private static final int ROUNDS = 3;

    private static final int SWAPS = 200;
    private static final long P50_MICROS = 1000;
    private static final long P99_MICROS = 5000;

    @TempDir
    private Path directory;

    @Test
    void twoHundredSwapsUnderFullLoadLoseNothingAndPauseNoLongerThanPromised() throws Exception {
        List<JsonObject> pauses = new ArrayList<>();
        do {
            JsonObject result = bench();
            assertThat(result.keySet()).startsWith("swaps", "lost", "duplicated", "reordered", "pauseMicros");
            assertThat(List.of(
                            result.get("swaps").getAsInt(),
                            result.get("lost").getAsInt(),
                            result.get("duplicated").getAsInt(),
                            result.get("reordered").getAsInt()))
                    .as("swaps, lost, duplicated, reordered")
                    .containsExactly(SWAPS, 0, 0, 0);
            pauses.add(result.getAsJsonObject("pauseMicros"));
        } while (!withinBounds(pauses.getLast()) && pauses.size() < ROUNDS);
        assertThat(withinBounds(pauses.getLast()))
                .as("p50 of " + P50_MICROS + " and p99 of " + P99_MICROS + " microseconds in one of " + pauses)
                .isTrue();
    }

    private static boolean withinBounds(JsonObject pause) {
        assertThat(pause.keySet()).containsExactly("p50", "p99", "max");
        return pause.get("p50").getAsLong() <= P50_MICROS && pause.get("p99").getAsLong() <= P99_MICROS;
    }

    private JsonObject bench() throws Exception {
        Path json = directory.resolve("result.json");
        Path said = directory.resolve("said");
        ProcessBuilder builder = new ProcessBuilder(
                        "bash",
                        Workspace.ROOT.resolve("run/overlay").toString(),
                        "bench",
                        "swap",
                        "--swaps",
                        Integer.toString(SWAPS),
                        "--probation",
                        "2",
                        "--json",
                        json.toString())
                .redirectErrorStream(true)
                .redirectOutput(said.toFile());
        // What is tested is what the build before this test has made.
        builder.environment().put("OVERLAY_BUILD", "never");
        Process process = builder.start();
        try {
            assertThat(process.waitFor(TIMEOUT_S, TimeUnit.SECONDS))
                    .as("ended in time")
                    .isTrue();
            assertThat(process.exitValue()).as(Files.readString(said)).isZero();
        } finally {
            process.destroyForcibly();
        }
        return JsonParser.parseString(Files.readString(json)).getAsJsonObject();
    }
}

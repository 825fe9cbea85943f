package ioverlay.observer.history;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.nio.file.Path;
import java.time.Clock;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@code kill -9} in the middle of writing. */
class KillTest {
    private static final int ROUNDS = 2;
    private static final int DOCUMENTS = 10;

    @TempDir
    private Path data;

    @Test
    @Timeout(60)
    void what_was_put_is_there_after_a_kill_and_no_number_is_given_twice() throws Exception {
        long latest = 0;
        for (int round = 0; round < ROUNDS; round++) {
            Process writer = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-XX:+UseSerialGC",
                            "-cp",
                            System.getProperty("java.class.path"),
                            KilledWriter.class.getName(),
                            data.toString())
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
            String[] last = {};
            try (BufferedReader said = writer.inputReader()) {
                for (int i = 0; i < DOCUMENTS; i++) {
                    last = said.readLine().split(" ", 2);
                }
            } finally {
                writer.destroyForcibly();
            }
            assertThat(writer.waitFor(10, TimeUnit.SECONDS)).isTrue();

            try (History history = new History(data, Retention.USUAL, Clock.systemUTC())) {
                assertThat(history.documents().get("kind", "id" + last[0])).isPresent();
                int same = history.documents()
                        .get("kind", "same")
                        .orElseThrow()
                        .get("at")
                        .getAsInt();
                assertThat(same).isGreaterThanOrEqualTo(Integer.parseInt(last[0]));
                long given = Long.parseLong(last[1]);
                assertThat(given).as("numbers go on").isGreaterThan(latest);
                assertThat(history.past().latest()).isGreaterThanOrEqualTo(given);
                latest = history.add(HistoryTest.happening("x", "after")).number();
                assertThat(latest).isGreaterThan(given);
            }
        }
    }
}

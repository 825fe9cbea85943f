package ioverlay.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Nodes that have nothing to do cost nothing. Measured in a process with nothing else in it. */
@Tag("waits")
class IdleTest {
    private static final long BOUND_S = 60;

    @Test
    void eight_linked_nodes_that_are_idle_take_less_than_one_percent_of_a_core() throws Exception {
        List<String> result = run();
        long links = Long.parseLong(result.get(0));
        double share = Double.parseDouble(result.get(1)) / Double.parseDouble(result.get(2));

        System.out.println("idle container: " + Long.parseLong(result.get(1)) / 1_000_000 + " ms CPU in "
                + Long.parseLong(result.get(2)) / 1_000_000 + " ms");
        assertThat(links).as("open links").isEqualTo(8);
        assertThat(share).as("share of one core").isLessThan(0.01);
    }

    private static List<String> run() throws IOException, InterruptedException {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "--enable-native-access=ALL-UNNAMED",
                        "-Xmx256m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        IdleContainer.class.getName())
                .redirectErrorStream(true)
                .start();
        try {
            assertThat(process.waitFor(BOUND_S, TimeUnit.SECONDS)).as("it ends").isTrue();
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(process.exitValue()).as(output).isZero();
            return List.of(output.strip().split(" ", -1));
        } finally {
            process.destroyForcibly();
        }
    }
}

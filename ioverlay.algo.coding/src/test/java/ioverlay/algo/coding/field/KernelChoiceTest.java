package ioverlay.algo.coding.field;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Which kernel a JVM chooses by itself, and that it computes correctly there: a JVM for each. */
class KernelChoiceTest {
    private static final int LIMIT_S = 120;

    @Test
    void the_widest_vectors_are_taken_and_without_the_module_none() throws Exception {
        String module = "jdk.incubator.vector";
        List<Process> started = List.of(
                start("--add-modules", module, "-XX:MaxVectorSize=32"),
                start("--add-modules", module, "-XX:MaxVectorSize=16"),
                start("-XX:MaxVectorSize=32"));

        List<String> said = started.stream().map(KernelChoiceTest::said).toList();
        // A processor whose vectors are shorter keeps to what it has.
        assertThat(said.get(0)).isIn("vector-256", "vector-128");
        assertThat(said.subList(1, 3)).containsExactly("vector-128", "scalar");
    }

    private static Process start(String... options) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of(options));
        command.addAll(
                List.of("-XX:+UseSerialGC", "-cp", System.getProperty("java.class.path"), KernelCheck.class.getName()));
        return new ProcessBuilder(command).redirectErrorStream(true).start();
    }

    private static String said(Process process) {
        try {
            String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(process.waitFor(LIMIT_S, TimeUnit.SECONDS)).isTrue();
            // What the JVM itself says of its module comes before.
            return said.lines().reduce("", (before, line) -> line);
        } catch (IOException | InterruptedException e) {
            throw new AssertionError(e);
        } finally {
            process.destroyForcibly();
        }
    }
}

package ioverlay.itest;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code run/overlay} as a person starts it: from another folder, through a symbolic link, right and wrong. */
class LauncherTest {
    private static final long TIMEOUT_S = 30;

    @TempDir
    private Path elsewhere;

    @Test
    void says_its_version() throws Exception {
        Result result = start("--version");

        assertThat(result.exitCode()).as(result.toString()).isZero();
        assertThat(result.out()).contains("1.0.0");
        assertThat(result.err()).isEmpty();
    }

    @Test
    void wrong_usage_is_a_sentence_and_exit_code_2() throws Exception {
        Result result = start("nonsense");

        assertThat(result.exitCode()).as(result.toString()).isEqualTo(2);
        assertThat(result.out()).isEmpty();
        assertThat(result.err()).contains("nonsense").doesNotContain("\tat ").doesNotContain("Exception");
    }

    @Test
    void a_project_of_a_wrong_name_is_refused_and_nothing_is_written() throws Exception {
        Result result = start("new", "My.Algo");

        assertThat(result.exitCode()).as(result.toString()).isEqualTo(2);
        assertThat(result.err().lines()).singleElement().asString().contains("'My.Algo'");
        assertThat(elsewhere.resolve("My.Algo")).doesNotExist();
    }

    private Result start(String... arguments) throws IOException, InterruptedException {
        Path link = Files.createSymbolicLink(elsewhere.resolve("a link"), Workspace.ROOT.resolve("run/overlay"));
        Path out = elsewhere.resolve("out");
        Path err = elsewhere.resolve("err");
        List<String> command = new ArrayList<>(List.of("bash", link.toString()));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(elsewhere.toFile())
                .redirectOutput(out.toFile())
                .redirectError(err.toFile());
        // What is tested is what the build before this test has made.
        builder.environment().put("OVERLAY_BUILD", "never");
        Process process = builder.start();
        try {
            assertThat(process.waitFor(TIMEOUT_S, TimeUnit.SECONDS))
                    .as("ended in time")
                    .isTrue();
            return new Result(process.exitValue(), Files.readString(out), Files.readString(err));
        } finally {
            process.destroyForcibly();
            Files.delete(link);
        }
    }

    private record Result(int exitCode, String out, String err) {}
}

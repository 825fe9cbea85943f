package ioverlay.itest;

import static org.assertj.core.api.Assertions.assertThat;

import ioverlay.itest.ShellClient.Answer;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code run/overlay} as a person starts it: from another folder, through a symbolic link, right and wrong. */
@Tag("processes")
class LauncherTest {
    @TempDir
    private Path elsewhere;

    @Test
    void says_its_version() throws Exception {
        Answer result = start("--version");

        assertThat(result.code()).as(result.toString()).isZero();
        assertThat(result.out()).contains("1.0.0");
        assertThat(result.err()).isEmpty();
    }

    @Test
    void wrong_usage_is_a_sentence_and_exit_code_2() throws Exception {
        Answer result = start("nonsense");

        assertThat(result.code()).as(result.toString()).isEqualTo(2);
        assertThat(result.out()).isEmpty();
        assertThat(result.err()).contains("nonsense").doesNotContain("\tat ").doesNotContain("Exception");
    }

    @Test
    void a_project_of_a_wrong_name_is_refused_and_nothing_is_written() throws Exception {
        Answer result = start("new", "My.Algo");

        assertThat(result.code()).as(result.toString()).isEqualTo(2);
        assertThat(result.err().lines()).singleElement().asString().contains("'My.Algo'");
        assertThat(elsewhere.resolve("My.Algo")).doesNotExist();
    }

    private Answer start(String... arguments) throws Exception {
        Path link = Files.createSymbolicLink(elsewhere.resolve("a link"), Workspace.ROOT.resolve("run/overlay"));
        try {
            return Launcher.of(link, elsewhere).run("", arguments);
        } finally {
            Files.delete(link);
        }
    }
}

package ioverlay.itest;

import static org.assertj.core.api.Assertions.assertThat;

import ioverlay.itest.ShellClient.Answer;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The paper's Fig. 4, live: without coding, with it, and swapped in while the stream flows. The files are those of
 * {@code run/scenarios}, with shorter windows and the same bounds.
 */
class CodingScenariosTest {
    /** Rates are within 3 %, which a machine that does something else meanwhile may miss. */
    private static final int ROUNDS = 3;

    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"fig4-nocoding", "fig4-coding", "fig4-swap"})
    void coding_brings_what_the_paper_says_and_can_be_swapped_in(String scenario) throws Exception {
        Answer answer = run(scenario);
        for (int round = 1; answer.code() == 1 && round < ROUNDS; round++) {
            answer = run(scenario);
        }

        assertThat(answer.code()).as(answer.out() + answer.err()).isZero();
        assertThat(answer.out()).contains(scenario + ": passed");
    }

    private Answer run(String scenario) throws Exception {
        Path file = Workspace.ROOT.resolve("run/scenarios").resolve(scenario + ".json");
        return Launcher.in(folder).run("", "scenario", file.toString(), "--set", "measured=3");
    }
}

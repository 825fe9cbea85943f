package ioverlay.itest;

import static org.assertj.core.api.Assertions.assertThat;

import ioverlay.itest.ShellClient.Answer;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The paper's five nodes, live: edges, degrees, stress and rates of its table 3, and the swap to the version that improves
 * the tree. The files are those of {@code run/scenarios}, with shorter windows and the same bounds.
 */
class TreeScenariosTest {
    /** Rates are within 3 %, which a machine that does something else meanwhile may miss. */
    private static final int ROUNDS = 3;

    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"fig5-stress", "fig5-reparent"})
    void what_the_paper_says_of_its_trees_comes_out_live(String scenario) throws Exception {
        Answer answer = run(scenario);
        for (int round = 1; answer.code() == 1 && round < ROUNDS; round++) {
            answer = run(scenario);
        }

        assertThat(answer.code()).as(answer.out() + answer.err()).isZero();
        assertThat(answer.out()).contains(scenario + ": passed");
    }

    private Answer run(String scenario) throws Exception {
        Path file = Workspace.ROOT.resolve("run/scenarios").resolve(scenario + ".json");
        return Launcher.in(folder).run("", "scenario", file.toString(), "--set", "measured=4");
    }
}

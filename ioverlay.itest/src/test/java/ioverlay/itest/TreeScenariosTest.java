package ioverlay.itest;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonElement;
import com.google.gson.JsonParser;
import ioverlay.itest.ShellClient.Answer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The paper's five nodes, live: edges, degrees, stress and rates of its table 3, and the swap to the version that improves
 * the tree; and its chains. The files are those of {@code run/scenarios}, with shorter windows and the same bounds.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TreeScenariosTest {
    private static final List<String> TREES = List.of("fig5-stress", "fig5-reparent", "fig5-unicast", "fig5-random");

    private static final int ROUNDS = 3;

    /**
     * What a machine may miss that does something else meanwhile: rates are within 3 %, and stress is a degree by a rate. All
     * else is right at once or not at all.
     */
    private static final Pattern TIMED = Pattern.compile("(throughput|stress) of .*");

    private final Map<String, ScenarioRun> begun = new LinkedHashMap<>();
    private Path folder;

    /** They wait more than they work, so they do so side by side. */
    @BeforeAll
    void begin(@TempDir Path directory) throws IOException {
        folder = directory;
        for (String scenario : TREES) {
            begun.put(scenario, started(scenario));
        }
    }

    @AfterAll
    void end() {
        begun.values().forEach(ScenarioRun::close);
    }

    private ScenarioRun started(String scenario) throws IOException {
        return ScenarioRun.start(
                folder, file(scenario), "--json", json(scenario).toString(), "--set", "measured=4");
    }

    private static String file(String scenario) {
        return Workspace.ROOT
                .resolve("run/scenarios")
                .resolve(scenario + ".json")
                .toString();
    }

    private Path json(String scenario) {
        return folder.resolve(scenario + ".result.json");
    }

    @ParameterizedTest
    @ValueSource(strings = {"fig5-stress", "fig5-reparent", "fig5-unicast", "fig5-random"})
    void what_the_paper_says_of_its_trees_comes_out_live(String scenario) throws Exception {
        Answer answer = begun.get(scenario).end();
        for (int round = 1; answer.code() == 1 && round < ROUNDS; round++) {
            assertThat(failed(scenario)).as(answer.out()).isNotEmpty().allMatch(TIMED.asMatchPredicate());
            try (ScenarioRun again = started(scenario)) {
                answer = again.end();
            }
        }

        assertThat(answer.code()).as(answer.out() + answer.err()).isZero();
        assertThat(answer.out()).contains(scenario + ": passed");
    }

    private List<String> failed(String scenario) throws IOException {
        return JsonParser.parseString(Files.readString(json(scenario)))
                .getAsJsonObject()
                .getAsJsonArray("assertions")
                .asList()
                .stream()
                .map(JsonElement::getAsJsonObject)
                .filter(assertion -> !assertion.get("passed").getAsBoolean())
                .map(assertion -> assertion.get("name").getAsString())
                .toList();
    }

    @Test
    void chains_of_the_paper_carry_all_that_they_are_given() throws Exception {
        Answer answer = Launcher.in(folder)
                .run("", "scenario", file("fig3-chain"), "--set", "settled=0.2", "--set", "measured=0.6");

        assertThat(answer.code()).as(answer.out() + answer.err()).isZero();
        assertThat(answer.out()).contains("fig3-chain: passed, 4 of 4 assertions hold");
    }
}

package ioverlay.scenario.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The files in {@code run/scenarios}. */
class OwnScenariosTest {
    @ParameterizedTest
    @MethodSource("scenarios")
    void every_scenario_of_this_project_can_be_read(Path given, @TempDir Path folder) throws Exception {
        String text = Files.readString(given);
        Path file = Files.createDirectories(folder.resolve("scenarios")).resolve(given.getFileName());
        Path bundles = Files.createDirectories(folder.resolve("bundles"));
        for (String name : List.of("ioverlay.algo.relay-1.1.0.jar", "ioverlay.algo.tree-2.0.0.jar")) {
            Files.createFile(bundles.resolve(name));
        }
        Offers offers = new Offers(
                Set.of(
                        "relay",
                        "tree.unicast",
                        "tree.random",
                        "tree.stress",
                        "coding.split",
                        "coding.butterfly",
                        "coding.arq",
                        "coding.rlnc"),
                Set.of("source.cbr", "source.backtoback", "sink.counting", "stream", "file.source", "file.sink"));

        Scenario scenario = ScenarioReader.read(file, text, Given.NOTHING, (observer, all) -> offers);

        assertThat(scenario.name() + ".json").isEqualTo(given.getFileName().toString());
        assertThat(scenario.assertions()).isNotEmpty();
    }

    static Stream<Path> scenarios() throws IOException {
        try (Stream<Path> files = Files.list(Path.of("..", "run", "scenarios"))) {
            List<Path> all = files.filter(file -> file.toString().endsWith(".json"))
                    .sorted()
                    .toList();
            assertThat(all).hasSizeGreaterThan(10);
            return all.stream();
        }
    }
}

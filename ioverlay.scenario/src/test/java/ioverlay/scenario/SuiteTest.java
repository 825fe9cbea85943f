package ioverlay.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.JsonObject;
import ioverlay.api.container.NodeSpec;
import ioverlay.api.container.Scenarios.Order;
import ioverlay.api.container.Scenarios.Progress;
import ioverlay.scenario.run.FakeSteering;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Several runs of a command, each with its result. */
class SuiteTest {
    @TempDir
    private Path folder;

    private final ConcurrentLinkedQueue<Progress> told = new ConcurrentLinkedQueue<>();
    private final List<JsonObject> ended = new ArrayList<>();

    private Path file(String name, String node) throws Exception {
        return Files.writeString(
                folder.resolve(name),
                "{\"seconds\": 0.1, \"nodes\": [{\"name\": \"%s\"}], \"record\": {\"interval\": 0.1}}".formatted(node));
    }

    private List<JsonObject> run(Optional<Path> report, List<Long> seeds, Path... files) throws Exception {
        Suite suite = new Suite(() -> new FakeSteering() {
            @Override
            public void create(NodeSpec spec, String container) {
                if (spec.name().equals("odd")) {
                    throw new IllegalStateException("has no legs");
                }
            }
        });
        return suite.run(new Order(List.of(files), report, Map.of(), seeds, Optional.empty()), told::add, ended::add);
    }

    @Test
    void a_run_that_breaks_fails_and_the_others_have_their_turn() throws Exception {
        List<JsonObject> results = run(Optional.empty(), List.of(), file("odd.json", "odd"), file("good.json", "a"));

        assertThat(results).hasSize(2).isEqualTo(ended);
        assertThat(results.get(0).get("passed").getAsBoolean()).isFalse();
        assertThat(results.get(0).toString()).contains("has no legs");
        assertThat(results.get(1).get("passed").getAsBoolean()).isTrue();
    }

    @Test
    void results_are_told_before_a_report_that_cannot_be_written() throws Exception {
        Path report = folder.resolve("report");
        Files.createDirectories(report.resolve("samples.csv"));

        assertThatThrownBy(() -> run(Optional.of(report), List.of(), file("good.json", "a")))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageContaining("samples.csv cannot be written: Is a directory");
        assertThat(ended).hasSize(1);
        assertThat(report.resolve("index.html")).isNotEmptyFile();
    }

    @Test
    void each_file_is_run_with_each_seed_and_each_run_has_a_name_of_its_own() throws Exception {
        Path good = file("good.json", "a");

        List<JsonObject> results = run(Optional.empty(), List.of(4L, 5L), good);

        assertThat(results).extracting(result -> result.get("seed").getAsLong()).containsExactly(4L, 5L);
        assertThat(told.stream().map(Progress::scenario).distinct()).containsExactly("good (seed 4)", "good (seed 5)");
    }
}

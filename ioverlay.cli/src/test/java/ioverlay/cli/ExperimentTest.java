package ioverlay.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import ioverlay.api.container.RefusedException;
import ioverlay.api.container.Scenarios;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code overlay scenario} says of scenarios that somebody else runs. */
class ExperimentTest {
    @TempDir
    private Path folder;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    private static JsonObject result(String name, boolean passed) {
        return JsonParser.parseString("""
                {"scenario": "%s", "passed": %s, "seconds": 3.5, "title": "t", "assertions": [
                  {"name": "a rate", "expected": 100000, "measured": 98000, "tolerance": "3 %%", "passed": %s, "unit": "B/s", "relation": "≥", "note": ""}],
                 "figures": [{"name": "a pause", "expected": null, "measured": 0.0005, "tolerance": null, "passed": true, "unit": "s", "relation": "", "note": "n"}]}
                """.formatted(name, passed, passed)).getAsJsonObject();
    }

    private int run(Scenarios scenarios, Path... files) throws Exception {
        return new Experiment(() -> scenarios, new PrintStream(out, true, StandardCharsets.UTF_8), false)
                .run(new ScenarioOptions(
                        List.of(files),
                        Optional.empty(),
                        Optional.of(folder.resolve("r.json")),
                        Map.of(),
                        List.of(),
                        Optional.empty()));
    }

    private String said() {
        return out.toString(StandardCharsets.UTF_8);
    }

    @Test
    void one_result_is_an_object_with_just_what_is_promised() throws Exception {
        assertThat(run((order, progress, ended) -> told(ended, result("one", true)), Path.of("one.json")))
                .isZero();

        assertThat(JsonParser.parseString(Files.readString(folder.resolve("r.json"))))
                .isEqualTo(JsonParser.parseString("""
                {"scenario": "one", "passed": true, "seconds": 3.5, "assertions": [
                  {"name": "a rate", "expected": 100000, "measured": 98000, "tolerance": "3 %", "passed": true}]}"""));
        assertThat(said())
                .contains("at least 100.0 kB/s +- 3 %", "98.0 kB/s", "0.5 ms", "one: passed, 1 of 1 assertions hold");
    }

    @Test
    void several_are_an_array_and_one_that_failed_is_enough() throws Exception {
        Scenarios scenarios = (order, progress, ended) -> told(ended, result("one", true), result("two", false));

        assertThat(run(scenarios, Path.of("one.json"), Path.of("two.json"))).isEqualTo(1);
        assertThat(JsonParser.parseString(Files.readString(folder.resolve("r.json")))
                        .getAsJsonArray())
                .hasSize(2);
        assertThat(said()).contains("two: FAILED, 0 of 1 assertions hold");
    }

    private static List<JsonObject> told(Consumer<JsonObject> ended, JsonObject... results) {
        Stream.of(results).forEach(ended);
        return List.of(results);
    }

    @Test
    void what_breaks_after_a_run_takes_nothing_of_its_result() throws Exception {
        Scenarios scenarios = (order, progress, ended) -> {
            told(ended, result("one", true));
            throw new UncheckedIOException("the report is not whole", new IOException("full"));
        };

        assertThatThrownBy(() -> run(scenarios, Path.of("one.json"))).hasMessage("the report is not whole");
        assertThat(said()).contains("one: passed, 1 of 1 assertions hold");
        assertThat(Files.readString(folder.resolve("r.json"))).contains("a rate");
    }

    @Test
    void whoever_ends_it_gets_the_result_as_far_as_it_went() throws Exception {
        Scenarios scenarios = (order, progress, ended) -> {
            told(ended, result("one", false));
            throw new InterruptedException("by Ctrl-C");
        };

        assertThatThrownBy(() -> run(scenarios, Path.of("one.json"), Path.of("two.json")))
                .isInstanceOf(InterruptedException.class);
        assertThat(said()).contains("one: FAILED, 0 of 1 assertions hold");
        assertThat(JsonParser.parseString(Files.readString(folder.resolve("r.json")))
                        .getAsJsonArray())
                .as("an array, as it would be at the end")
                .hasSize(1);
    }

    @Test
    void a_refused_file_is_wrong_usage() {
        Scenarios scenarios = (order, progress, ended) -> {
            throw new RefusedException("bad.json:1:1: $: wrong");
        };

        assertThatThrownBy(() -> run(scenarios, Path.of("bad.json")))
                .isInstanceOf(UsageException.class)
                .hasMessage("bad.json:1:1: $: wrong");
    }

    @Test
    void what_happens_is_a_line_and_the_rest_is_one_every_five_seconds() throws Exception {
        Scenarios scenarios = (order, progress, ended) -> {
            tell(progress, 1, "");
            tell(progress, 2, "swap a: done");
            tell(progress, 6, "");
            tell(progress, 7, "");
            return told(ended, result("one", true));
        };
        run(scenarios, Path.of("one.json"));

        assertThat(said().lines().takeWhile(line -> !line.isEmpty())).hasSize(3).satisfies(lines -> {
            assertThat(lines.get(0)).isEqualTo("one, 10 s");
            assertThat(lines.get(1)).isEqualTo("     2.00  swap a: done");
            assertThat(lines.get(2)).contains("6.00").endsWith("4 nodes, 1.0 kB/s");
        });
    }

    private static void tell(Consumer<Scenarios.Progress> progress, double seconds, String happened) {
        progress.accept(new Scenarios.Progress("one", seconds, 10, 4, 1000, happened));
    }
}

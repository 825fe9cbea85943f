package ioverlay.scenario.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import ioverlay.scenario.plan.Given;
import ioverlay.scenario.plan.Offers;
import ioverlay.scenario.plan.Probe;
import ioverlay.scenario.plan.Scenario;
import ioverlay.scenario.plan.ScenarioReader;
import ioverlay.scenario.plan.What;
import ioverlay.scenario.run.Notebook;
import ioverlay.scenario.run.Notes;
import ioverlay.scenario.run.Run.Traces;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The page of a report has what a person can see of a run, however large that was. */
class PageTest {
    private static final Set<Probe> PROBES = Set.of(
            new Probe(What.THROUGHPUT, 0, ""),
            new Probe(What.IN, 0, ""),
            new Probe(What.OUT, 0, ""),
            new Probe(What.LAST_MILE, 0, ""));

    @TempDir
    private Path folder;

    private static Scenario scenario(int nodes, String members) {
        return ScenarioReader.read(
                Path.of("some.json"),
                """
                {"seconds": 200, "nodes": [{"name": "n", "count": %d}], "record": {"interval": 1, "what": ["lastMile"]}%s}
                """.formatted(nodes, members),
                Given.NOTHING,
                (observer, bundles) -> new Offers(Set.of("relay"), Set.of()));
    }

    private JsonObject page(Scenario scenario, Notebook notebook) throws Exception {
        Report report = Report.into(Optional.of(folder));
        report.add(new Result(
                scenario, new Traces(Instant.EPOCH, notebook, List.of()), List.of(), List.of(), new JsonArray()));
        report.write();
        Matcher data = Pattern.compile("id=\"data\">(.*?)</script>", Pattern.DOTALL)
                .matcher(Files.readString(folder.resolve("index.html")));
        assertThat(data.find()).isTrue();
        return JsonParser.parseString(data.group(1))
                .getAsJsonObject()
                .getAsJsonArray("runs")
                .get(0)
                .getAsJsonObject();
    }

    private static JsonElement curve(JsonObject run, int measure, String node) {
        return run.getAsJsonObject("series")
                .getAsJsonArray("measures")
                .get(measure)
                .getAsJsonObject()
                .getAsJsonObject("nodes")
                .get(node);
    }

    private static double mean(JsonElement curve) {
        return StreamSupport.stream(curve.getAsJsonArray().spliterator(), false)
                .mapToDouble(JsonElement::getAsDouble)
                .average()
                .orElseThrow();
    }

    @Test
    void of_a_large_run_the_page_stays_small_with_true_means_and_the_table_has_every_sample() throws Exception {
        Scenario scenario = scenario(600, "");
        List<String> names = scenario.nodes().stream().map(node -> node.name()).toList();
        Notebook notebook = Notes.of(100, names, PROBES, (node, second) -> 1_000_000.0 / 7 * (1 + second % 10));
        for (int i = 0; i < 7; i++) {
            Notes.all(notebook, names, "join", "link.failed");
        }

        JsonObject run = page(scenario, notebook);

        assertThat(Files.size(folder.resolve("index.html"))).isLessThan(1_500_000);
        JsonObject series = run.getAsJsonObject("series");
        assertThat(series.getAsJsonArray("times")).hasSizeBetween(20, 99);
        assertThat(series.get("each").getAsInt()).isGreaterThan(1);
        assertThat(mean(curve(run, 1, "n1"))).isCloseTo(1_000_000.0 / 7 * 5.5, within(8000.0));
        try (var lines = Files.lines(folder.resolve("samples.csv"))) {
            assertThat(lines.filter(line -> line.contains(",n1,in,"))).hasSize(100);
        }
        JsonObject sign = run.getAsJsonArray("events").get(0).getAsJsonObject();
        assertThat(run.getAsJsonArray("events")).hasSize(1);
        assertThat(sign.get("count").getAsInt()).isEqualTo(600);
        assertThat(sign.getAsJsonArray("nodes")).hasSize(13);
        assertThat(run.get("entries").getAsInt()).isEqualTo(7 * 600);
        assertThat(run.getAsJsonArray("timeline")).hasSize(500);
    }

    @Test
    void of_a_small_run_it_has_every_sample_and_one_number_for_what_never_changed() throws Exception {
        Scenario scenario = scenario(3, "");
        Notebook notebook =
                Notes.of(200, List.of("n1", "n2", "n3"), PROBES, (node, second) -> node.equals("n1") ? 5 : second % 10);

        JsonObject run = page(scenario, notebook);

        assertThat(run.getAsJsonObject("series").getAsJsonArray("times")).hasSize(200);
        assertThat(run.getAsJsonObject("series").get("each").getAsInt()).isEqualTo(1);
        assertThat(curve(run, 1, "n1").getAsInt()).isEqualTo(5);
        assertThat(curve(run, 1, "n2").getAsJsonArray()).hasSize(200);
    }

    @Test
    void nodes_are_compared_over_the_window_of_what_is_asserted_and_else_over_the_second_half() throws Exception {
        Notebook notebook = Notes.of(101, List.of("n1"), PROBES, (node, second) -> second);

        assertThat(page(scenario(1, ""), notebook).get("window"))
                .hasToString("{\"from\":50.0,\"to\":100.0,\"said\":false}");
        assertThat(page(scenario(1, """
                , "assert": [{"name": "a", "measure": "throughput", "from": 20, "to": 30, "atLeast": "1 B/s"}]"""), notebook).get("window"))
                .hasToString("{\"from\":20.0,\"to\":30.0,\"said\":true}");
    }
}

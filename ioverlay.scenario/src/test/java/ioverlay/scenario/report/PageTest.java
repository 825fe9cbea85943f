package ioverlay.scenario.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.google.gson.JsonPrimitive;
import ioverlay.scenario.plan.Given;
import ioverlay.scenario.plan.Offers;
import ioverlay.scenario.plan.Probe;
import ioverlay.scenario.plan.Scenario;
import ioverlay.scenario.plan.ScenarioReader;
import ioverlay.scenario.plan.What;
import ioverlay.scenario.run.Notebook;
import ioverlay.scenario.run.Notes;
import ioverlay.scenario.run.Run.Traces;
import ioverlay.scenario.run.Sample;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
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
        report.add(result(scenario, RunName.of(List.of(scenario)).getFirst(), notebook));
        report.write();
        return runs().get(0).getAsJsonObject();
    }

    private static Result result(Scenario scenario, RunName name, Notebook notebook) {
        Traces traces = new Traces(Instant.EPOCH, notebook, List.of());
        return new Result(scenario, name, traces, List.of(), List.of(), new JsonArray());
    }

    private JsonArray runs() throws Exception {
        Matcher data = Pattern.compile("id=\"data\">(.*?)</script>", Pattern.DOTALL)
                .matcher(Files.readString(folder.resolve("index.html")));
        assertThat(data.find()).isTrue();
        return JsonParser.parseString(data.group(1)).getAsJsonObject().getAsJsonArray("runs");
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
    void a_point_of_many_weighs_each_sample_by_its_time_and_who_is_not_there_counts_for_nothing() throws Exception {
        Probe in = new Probe(What.IN, 0, "");
        Probe received = Notebook.stored(new Probe(What.THROUGHPUT, 0, ""));
        List<Sample> samples = new ArrayList<>();
        double seconds = 0;
        for (int i = 0; i <= 3000; i++) {
            boolean slow = i % 2 == 1; // one second at 100, then three at 500
            seconds += i == 0 ? 0 : slow ? 1 : 3;
            Map<Probe, JsonElement> values = Map.of(
                    in, new JsonPrimitive(slow ? 100 : 500), received, new JsonPrimitive(Math.round(400 * seconds)));
            samples.add(new Sample(
                    seconds,
                    i > 1500
                            ? Map.of()
                            : Map.of("n1", new Sample.Reading(seconds, values, Map.of(1, List.of()), Map.of()))));
        }

        JsonObject run = page(scenario(1, ""), Notes.of(samples));

        JsonObject series = run.getAsJsonObject("series");
        assertThat(series.getAsJsonArray("ends")).hasSize(1200);
        assertThat(series.getAsJsonArray("ends").get(1199).getAsDouble()).isEqualTo(6000);
        JsonArray rates = curve(run, 0, "n1").getAsJsonArray();
        JsonArray in4 = curve(run, 1, "n1").getAsJsonArray();
        double got = 0;
        double came = 0;
        double before = 0;
        for (int i = 0; i < 1200; i++) {
            double end = series.getAsJsonArray("ends").get(i).getAsDouble();
            got += rates.get(i).isJsonNull() ? 0 : rates.get(i).getAsDouble() * (end - before);
            came += in4.get(i).isJsonNull() ? 0 : in4.get(i).getAsDouble() * (end - before);
            before = end;
        }
        assertThat(got).isCloseTo(400 * 3000, within(400.0 * 6));
        assertThat(came).isCloseTo((100 + 3 * 500) * 750, within(500.0 * 6));
    }

    @Test
    void runs_of_one_name_are_told_apart_by_what_they_differ_in_and_else_by_their_number() throws Exception {
        Scenario one = scenario(1, ", \"seed\": 1");
        Scenario other = scenario(1, ", \"seed\": 2");
        Scenario fast = scenario(1, ", \"variables\": {\"rate\": \"90 KB/s\"}, \"seed\": 1");

        assertThat(RunName.of(List.of(one))).containsExactly(new RunName("some", "some"));
        assertThat(RunName.of(List.of(one, other)))
                .extracting(RunName::name)
                .containsExactly("some (seed 1)", "some (seed 2)");
        assertThat(RunName.of(List.of(one, other, one)))
                .containsExactly(
                        new RunName("some (1)", "some"),
                        new RunName("some (2)", "some"),
                        new RunName("some (3)", "some"));
        assertThat(RunName.of(List.of(one, fast))).extracting(RunName::name).containsExactly("some", "some 90 KB/s");
    }

    @Test
    void samples_topology_and_result_say_which_run_they_are_of() throws Exception {
        Scenario scenario = scenario(1, "");
        Report report = Report.into(Optional.of(folder));
        RunName.of(List.of(scenario, scenario))
                .forEach(name -> report.add(result(scenario, name, Notes.of(3, List.of("n1"), PROBES, (n, s) -> s))));
        report.write();

        List<String> lines = Files.readAllLines(folder.resolve("samples.csv"));
        assertThat(lines.getFirst()).endsWith(",value,run");
        assertThat(lines.stream().skip(1).map(line -> line.substring(line.lastIndexOf(',') + 1)))
                .containsOnly("some (1)", "some (2)");
        for (String file : List.of("result.json", "topology.json")) {
            JsonArray all = JsonParser.parseString(Files.readString(folder.resolve(file)))
                    .getAsJsonArray();
            assertThat(all.get(1).getAsJsonObject().get("run").getAsString()).isEqualTo("some (2)");
        }
    }

    @Test
    void a_file_that_cannot_be_written_and_a_run_that_cannot_be_drawn_take_nothing_from_the_others() throws Exception {
        Files.createDirectory(folder.resolve("samples.csv"));
        Scenario scenario = scenario(1, "");
        Probe received = Notebook.stored(new Probe(What.THROUGHPUT, 0, ""));
        List<Sample> odd = Stream.of(1, 2)
                .map(second -> new Sample(
                        second,
                        Map.of(
                                "n1",
                                new Sample.Reading(
                                        second, Map.of(received, new JsonPrimitive("odd")), Map.of(), Map.of()))))
                .toList();
        List<RunName> names = RunName.of(List.of(scenario, scenario));
        Report report = Report.into(Optional.of(folder));
        report.add(result(scenario, names.get(0), Notes.of(odd)));
        report.add(result(scenario, names.get(1), Notes.of(3, List.of("n1"), PROBES, (n, s) -> s)));

        assertThatThrownBy(report::write)
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageMatching("the report in .* is not whole: samples.csv cannot be written: Is a directory;"
                        + " index.html is without some \\(1\\): .*NumberFormatException.*");

        assertThat(runs()).hasSize(1);
        assertThat(runs().get(0).getAsJsonObject().get("run").getAsString()).isEqualTo("some (2)");
        assertThat(folder.resolve("topology.json")).isNotEmptyFile();
        assertThat(folder.resolve("result.json")).isNotEmptyFile();
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

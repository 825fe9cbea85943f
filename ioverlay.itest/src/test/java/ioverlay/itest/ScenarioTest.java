package ioverlay.itest;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import ioverlay.itest.ShellClient.Answer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code run/overlay scenario} as a person uses it: the file and the commands of docs/scenarios.md, failures, refusals. */
class ScenarioTest {
    private static final String COMMAND = "    run/overlay ";

    @TempDir
    private Path folder;

    private Answer overlay(String... arguments) throws Exception {
        // The command stands in the test's folder: files are named as a person there names them.
        String[] placed = Arrays.stream(arguments)
                .map(one -> one.endsWith(".json") || one.equals("report")
                        ? folder.resolve(one).toString()
                        : one)
                .toArray(String[]::new);
        return Launcher.in(folder).run("", placed);
    }

    private JsonElement json(String file) throws Exception {
        return JsonParser.parseString(Files.readString(folder.resolve(file)));
    }

    @Test
    void the_document_shows_a_scenario_that_passes_and_commands_that_run_it() throws Exception {
        String document = Files.readString(Workspace.ROOT.resolve("docs/scenarios.md"));
        int begin = document.indexOf("```json\n") + "```json\n".length();
        Files.writeString(folder.resolve("hello.json"), document.substring(begin, document.indexOf("```", begin)));
        Files.createSymbolicLink(folder.resolve("run"), Workspace.ROOT.resolve("run"));
        List<String> commands = document.lines()
                .filter(line -> line.startsWith(COMMAND))
                .map(line -> line.substring(COMMAND.length()))
                .toList();

        assertThat(commands).hasSize(2);
        assertPasses(commands.get(0), "hello: passed, 3 of 3 assertions hold");
        assertPasses(
                commands.get(1),
                "hello (1): passed, 3 of 3 assertions hold",
                "hello (2): passed, 3 of 3 assertions hold");
        JsonArray twice = json("result.json").getAsJsonArray();
        assertThat(twice).hasSize(2);
        assertThat(twice.get(0).getAsJsonObject().keySet())
                .containsExactly("scenario", "passed", "seconds", "assertions");
        JsonObject first = twice.get(0)
                .getAsJsonObject()
                .getAsJsonArray("assertions")
                .get(0)
                .getAsJsonObject();
        assertThat(first.keySet()).containsExactly("name", "expected", "measured", "tolerance", "passed");
        assertThat(first.get("expected").getAsDouble()).as("--set rate=50KB/s").isEqualTo(50_000);
        assertReport();
    }

    private void assertPasses(String command, String... said) throws Exception {
        Answer answer = overlay(command.split(" "));
        assertThat(answer.code()).as(answer.out() + answer.err()).isZero();
        assertThat(answer.out()).contains(said);
    }

    private void assertReport() throws Exception {
        Path report = folder.resolve("report");
        JsonObject result = json("report/result.json").getAsJsonObject();
        assertThat(result.getAsJsonArray("timeline")
                        .get(0)
                        .getAsJsonObject()
                        .get("do")
                        .getAsString())
                .isEqualTo("swap");
        assertThat(json("report/topology.json")
                        .getAsJsonObject()
                        .getAsJsonArray("edges")
                        .asList())
                .extracting(edge -> edge.getAsJsonObject().get("from").getAsString() + " > "
                        + edge.getAsJsonObject().get("to").getAsString())
                .containsExactlyInAnyOrder("s > r1", "s > r2");
        List<String> csv = Files.readAllLines(report.resolve("samples.csv"));
        assertThat(csv.getFirst()).isEqualTo("scenario,seed,seconds,node,measure,unit,application,peer,value,run");
        assertThat(csv)
                .allMatch(line -> line.split(",", -1).length == 10)
                .anyMatch(line -> line.contains(",r1,throughput,"));
        String page = Files.readString(report.resolve("index.html"));
        assertThat(page)
                .contains("\"scenario\":\"hello\"")
                .doesNotContain("/*DATA*/")
                .doesNotContain("src=\"http");
        assertThat(Files.size(report.resolve("index.html"))).isLessThan(1_500_000);
    }

    @Test
    void a_node_that_fails_is_noticed_and_comes_back_and_an_assertion_that_does_not_hold_is_exit_code_1()
            throws Exception {
        Files.writeString(folder.resolve("fail.json"), """
                {"seconds": 3,
                 "nodes": [
                   {"name": "s", "slots": {"1": {"algorithm": "relay", "settings": {"next": ["${r}"]}}},
                    "applications": {"1": {"type": "source.cbr", "settings": {"bytesPerSecond": "100 KB/s", "payload": 1000, "delivery": "live"}}}},
                   {"name": "r", "slots": {"1": "relay"}, "applications": {"1": "sink.counting"}}],
                 "timeline": [
                   {"at": 0.1, "do": "wait", "until": {"measure": "messages", "node": "r", "atLeast": 5}, "limit": 10},
                   {"after": 0, "do": "fail", "node": "r", "mark": "dead"},
                   {"after": 0.3, "do": "wait", "until": {"measure": "events", "kind": "link.failed", "node": "s", "from": 0, "atLeast": 1}, "limit": 10},
                   {"after": 0.2, "do": "create", "node": "r"},
                   {"after": 0, "do": "wait", "until": {"measure": "messages", "node": "r", "atLeast": 5}, "limit": 20},
                   {"after": 0, "do": "stop", "node": "s", "application": 7, "mayFail": true}],
                 "assert": [
                   {"name": "the source notices", "measure": "events", "kind": "link.failed", "nodes": "s", "atLeast": 1},
                   {"name": "nobody is there", "measure": "nodes", "expected": 0}]}
                """);
        Answer answer = overlay("scenario", "fail.json", "--json", "result.json");

        assertThat(answer.code()).as(answer.out() + answer.err()).isEqualTo(1);
        JsonObject result = json("result.json").getAsJsonObject();
        assertThat(result.get("passed").getAsBoolean()).isFalse();
        assertThat(result.getAsJsonArray("assertions").asList())
                .extracting(one -> one.getAsJsonObject().get("name").getAsString() + ": "
                        + one.getAsJsonObject().get("passed").getAsBoolean())
                .containsExactly("the source notices: true", "nobody is there: false");
    }

    @Test
    void what_the_shell_can_do_to_a_node_a_time_line_can_do() throws Exception {
        Files.writeString(folder.resolve("words.json"), """
                {"seconds": 0.2,
                 "nodes": [
                   {"name": "s", "slots": {"1": {"algorithm": "relay", "settings": {"next": ["${r}"], "deliver": false}}},
                    "applications": {"1": {"type": "source.cbr", "settings": {"bytesPerSecond": "100 KB/s", "payload": 500}}}},
                   {"name": "r", "slots": {"1": {"algorithm": "relay", "versions": "[1.0,1.1)"}}, "applications": {"1": "sink.counting"}},
                   {"name": "x", "slots": {"1": "relay"}}],
                 "timeline": [
                   {"at": 0, "do": "wait", "until": {"measure": "messages", "node": "r", "atLeast": 1}, "limit": 10},
                   {"after": 0, "do": "deploy", "bundle": "%s"},
                   {"after": 0, "do": "shadow", "node": "r", "application": 1, "algorithm": "relay", "versions": "[1.1,1.2)", "seconds": 0.2},
                   {"after": 0, "do": "weigh", "node": "r", "application": 1, "upstream": "s", "weight": 3},
                   {"after": 0, "do": "emulate", "node": "s", "change": {"out": "50 KB/s"}},
                   {"after": 0, "do": "configure", "node": "x", "application": 1, "settings": {"next": 7}},
                   {"after": 0, "do": "custom", "node": "x", "application": 1, "param1": 7, "param2": -8, "text": "hello"},
                   {"after": 0, "do": "measure", "node": "x", "peer": "r"},
                   {"after": 0, "do": "why", "node": "r", "application": 1},
                   {"after": 0, "do": "remove", "node": "x"},
                   {"after": 0.2, "do": "mark"}],
                 "assert": [
                   {"name": "who was removed is gone", "measure": "nodes", "expected": 2},
                   {"name": "weight", "measure": "status", "pointer": "/weights/0/weight", "node": "r", "expected": 3},
                   {"name": "cap", "measure": "status", "pointer": "/emulation/out", "node": "s", "expected": 50000},
                   {"name": "the shadow has ended", "measure": "events", "kind": "shadow.ended", "node": "r", "expected": 1},
                   {"name": "the relay says what it does not take", "measure": "events", "kind": "trace", "node": "x", "expected": 1}]}
                """.formatted(Jars.relay11()));
        Answer answer = overlay("scenario", "words.json");

        assertThat(answer.code()).as(answer.out() + answer.err()).isZero();
        assertThat(answer.out()).contains("words: passed, 5 of 5 assertions hold");
    }

    @Test
    void what_one_file_deploys_is_not_there_for_the_next_one() throws Exception {
        String nodes = """
                 "nodes": [{"name": "a", "slots": {"1": "relay"}}],
                """;
        Files.writeString(folder.resolve("first.json"), """
                {"seconds": 0.2, "bundles": ["%s"], %s
                 "assert": [{"name": "its own", "measure": "version", "node": "a", "application": 1, "expected": "1.1.0"}]}
                """.formatted(Jars.relay11(), nodes));
        Files.writeString(folder.resolve("swapped.json"), """
                {"seconds": 0.2, %s
                 "timeline": [{"at": 0, "do": "deploy", "bundle": "%s"},
                              {"at": 0, "do": "swap", "node": "a", "application": 1, "algorithm": "relay", "versions": "[1.1,2)", "probation": {"seconds": 0}},
                              {"after": 0, "do": "rollback", "node": "a", "application": 1},
                              {"after": 0.2, "do": "mark"}],
                 "assert": [{"name": "back", "measure": "version", "node": "a", "application": 1, "expected": "1.0.0"}]}
                """.formatted(nodes, Jars.relay11()));
        Files.writeString(folder.resolve("next.json"), """
                {"seconds": 0.2, %s
                 "assert": [{"name": "of the container", "measure": "version", "node": "a", "application": 1, "expected": "1.0.0"}]}
                """.formatted(nodes));

        Answer answer = overlay("scenario", "first.json", "next.json", "swapped.json", "next.json", "first.json");

        assertThat(answer.code()).as(answer.out() + answer.err()).isZero();
    }

    @Test
    void a_wrong_file_is_refused_with_its_places_before_anything_starts() throws Exception {
        Files.writeString(folder.resolve("bad.json"), """
                {"seconds": 3,
                 "nodes": [{"name": "a", "slots": {"1": "rely"}, "bandwidth": {"in": 200000}},
                  {"name": "b", "slots": {"1": {"algorithm": "relay", "versions": "[3,4)"}}}]}
                """);
        Answer answer = overlay("scenario", "bad.json");

        assertThat(answer.code()).isEqualTo(2);
        assertThat(answer.err())
                .contains("bad.json:2:70: $.nodes[0].bandwidth.in: a rate is written with its unit")
                .contains(
                        "bad.json:3:67: $.nodes[1].slots.1.versions: no version of 'relay'", "[3,4); there is 1.0.0\n");
    }
}

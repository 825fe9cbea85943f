package ioverlay.itest;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import ioverlay.itest.ShellClient.Answer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/** Scenarios whose nodes are in two containers elsewhere, behind an observer: three more processes. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
@Tag("processes")
class HostScenariosTest {
    private static final Set<String> MADE = Set.of("s", "r1", "r2");

    private static final long LIMIT_S = 60;

    private final List<Overlay> started = new CopyOnWriteArrayList<>();
    private Path folder;
    private Overlay observer;
    private Overlay two;

    @BeforeAll
    void start(@TempDir Path directory) throws Exception {
        folder = directory;
        observer = overlay("observer", "--data", folder.resolve("observer").toString());
        String line = observer.ready().get("observer").getAsString();
        CompletableFuture<Overlay> first =
                CompletableFuture.supplyAsync(() -> overlay("node", "--name", "own1", "--observer", line));
        two = overlay("node", "--name", "own2", "--observer", line);
        first.join();
        await("both have registered", () -> observer.live().size() == 2);
    }

    private Overlay overlay(String... arguments) {
        try {
            Overlay overlay = Overlay.start(folder, arguments);
            started.add(overlay);
            return overlay;
        } catch (IOException | InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @AfterAll
    void end() {
        started.forEach(Overlay::close);
    }

    /** A process may have to start first. */
    private static void await(String what, Callable<Boolean> condition) throws Exception {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(LIMIT_S);
        while (!condition.call()) {
            assertThat(System.nanoTime()).as(what).isLessThan(deadline);
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(50));
        }
    }

    private Path file(String name, int seconds) throws IOException {
        return Files.writeString(folder.resolve(name), """
                {"seconds": %d,
                 "bundles": ["%s"],
                 "nodes": [
                   {"name": "s", "slots": {"1": {"algorithm": "relay", "versions": "[1.0,1.1)", "settings": {"next": ["${r}"], "deliver": false}}},
                    "applications": {"1": {"type": "source.cbr", "settings": {"bytesPerSecond": "100 KB/s", "payload": 1000, "delivery": "live"}}}},
                   {"name": "r", "count": 2, "container": {"each": [1, 2]}, "bandwidth": {"in": "1 MB/s"}, "slots": {"1": "relay"}, "applications": {"1": "sink.counting"}}],
                 "timeline": [
                   {"at": 0, "do": "wait", "until": {"measure": "messages", "nodes": "r", "gather": "min", "atLeast": 20}, "limit": 20, "mark": "flows"},
                   {"after": 0, "do": "swap", "node": "s", "application": 1, "algorithm": "relay", "versions": "[1.1,1.2)", "probation": {"seconds": 0}},
                   {"after": 0, "do": "emulate", "node": "r1", "change": {"in": "500 KB/s"}},
                   {"after": 0, "do": "configure", "node": "r1", "application": 1},
                   {"after": 0, "do": "why", "node": "s", "application": 1},
                   {"after": 0, "do": "measure", "node": "s", "peer": "r1"},
                   {"after": 0, "do": "stop", "node": "r1", "application": 1},
                   {"after": 0, "do": "fail", "node": "r2"},
                   {"after": 0, "do": "wait", "until": {"measure": "events", "kind": "link.failed", "node": "s", "from": 0, "atLeast": 1}, "limit": 20},
                   {"after": 0, "do": "create", "node": "r2"},
                   {"after": 0, "do": "wait", "until": {"measure": "messages", "node": "r2", "atLeast": 20}, "limit": 20}],
                 "assert": [
                   {"name": "it flows on", "measure": "messages", "node": "r2", "atLeast": 20},
                   {"name": "all are there", "measure": "nodes", "expected": 3},
                   {"name": "swapped", "measure": "version", "node": "s", "application": 1, "expected": "1.1.0"},
                   {"name": "capped", "measure": "status", "pointer": "/emulation/in", "node": "r1", "expected": 500000},
                   {"name": "edge", "measure": "edges", "application": 1, "expected": ["s > r1", "s > r2"]}]}
                """.formatted(seconds, Jars.relay11()));
    }

    private static List<String> assertions(Path json) throws IOException {
        return JsonParser.parseString(Files.readString(json))
                .getAsJsonObject()
                .getAsJsonArray("assertions")
                .asList()
                .stream()
                .map(JsonElement::getAsJsonObject)
                .map(one ->
                        one.get("name").getAsString() + " " + one.get("passed").getAsBoolean())
                .toList();
    }

    private List<JsonObject> made() throws IOException {
        return observer.nodes().stream()
                .filter(node -> node.get("state").getAsString().equals("live"))
                .filter(node -> MADE.contains(node.get("name").getAsString()))
                .toList();
    }

    /** What a run made has gone, and nothing else; a container answers before its observer knows. */
    private void awaitLeft(String... nodes) throws Exception {
        await("those are left: " + List.of(nodes), () -> left().equals(List.of(nodes)));
    }

    private List<String> left() throws IOException {
        return observer.nodes().stream()
                .filter(node -> node.get("state").getAsString().equals("live"))
                .map(node -> node.get("name").getAsString())
                .sorted()
                .toList();
    }

    private ScenarioRun longRun(String report) throws Exception {
        ScenarioRun run = ScenarioRun.start(
                folder,
                file("long.json", 100).toString(),
                "--observer",
                observer.web().toString(),
                "--report",
                report);
        await("its nodes are there", () -> made().size() == 3);
        return run;
    }

    @Test
    @Order(1)
    void a_file_runs_over_two_containers_as_it_does_in_one_process() throws Exception {
        Path file = file("short.json", 1);
        Path here = folder.resolve("here.json");
        Path there = folder.resolve("there.json");
        try (ScenarioRun local = ScenarioRun.start(folder, file.toString(), "--json", here.toString());
                ScenarioRun remote = ScenarioRun.start(
                        folder,
                        file.toString(),
                        "--json",
                        there.toString(),
                        "--observer",
                        observer.web().toString())) {
            Set<String> containers = new HashSet<>();
            await("its nodes are there", () -> {
                List<JsonObject> made = made();
                made.forEach(node -> containers.add(node.get("container").getAsString()));
                return made.size() == 3;
            });
            assertThat(containers)
                    .as("two containers, and not the observer's own")
                    .hasSize(2);
            Answer answer = remote.end();
            assertThat(answer.code()).as(answer.out() + answer.err()).isZero();
            answer = local.end();
            assertThat(answer.code()).as(answer.out() + answer.err()).isZero();
        }

        assertThat(assertions(there)).isEqualTo(assertions(here)).hasSize(7).allMatch(one -> one.endsWith(" true"));
        awaitLeft("own1", "own2");
    }

    @Test
    @Order(2)
    void ctrl_c_removes_the_nodes_and_writes_what_there_is_of_the_report() throws Exception {
        Path report = folder.resolve("stopped");
        try (ScenarioRun run = longRun(report.toString())) {
            await("it goes on", () -> run.said().contains("emulate r1"));
            int code = run.interrupt();
            Answer answer = run.end();

            assertThat(answer.code()).as(answer.out() + answer.err()).isEqualTo(code);
            assertThat(answer.out()).contains("report, as far as it went: ");
        }
        awaitLeft("own1", "own2");
        JsonObject result = JsonParser.parseString(Files.readString(report.resolve("result.json")))
                .getAsJsonObject();
        assertThat(result.get("passed").getAsBoolean()).isFalse();
        assertThat(result.getAsJsonArray("assertions").get(0).toString())
                .contains("the run comes to its end", "was interrupted");
        assertThat(Files.size(report.resolve("samples.csv"))).isPositive();
        assertThat(report.resolve("index.html")).exists();
    }

    @Test
    @Order(3)
    void a_container_that_is_lost_in_the_middle_ends_the_run_with_a_sentence_and_the_other_is_cleaned_up()
            throws Exception {
        Path json = folder.resolve("lost.json");
        Answer answer;
        try (ScenarioRun run = longRun("lost")) {
            await("it goes on", () -> run.said().contains("emulate r1"));
            two.kill();
            answer = run.end();
        }

        assertThat(answer.code()).as(answer.out() + answer.err()).isEqualTo(1);
        String result = Files.readString(folder.resolve("lost/result.json"));
        assertThat(result).contains("has not answered for 5 s", "may still run in container");
        awaitLeft("own1");
        assertThat(json).doesNotExist();
    }

    @Test
    @Order(4)
    void an_observer_that_is_not_there_is_said_with_the_place_before_anything_starts() throws Exception {
        Path file = Files.writeString(folder.resolve("nowhere.json"), """
                {"seconds": 1,
                 "hosts": {"observer": "http://127.0.0.1:1"}, "nodes": [{"name": "a"}]}
                """);
        try (ScenarioRun run = ScenarioRun.start(folder, file.toString())) {
            Answer answer = run.end();

            assertThat(answer.code()).isEqualTo(2);
            assertThat(answer.err())
                    .contains(
                            "nowhere.json:2:11: $.hosts: there is no observer at http://127.0.0.1:1/: nobody listens there");
        }
    }
}

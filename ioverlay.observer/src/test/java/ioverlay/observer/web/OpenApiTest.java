package ioverlay.observer.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import ioverlay.observer.Observer;
import ioverlay.observer.fleet.Happening;
import ioverlay.observer.history.Retention;
import ioverlay.observer.repository.TestJar;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The description for programs says what is there, and what is answered is as it says. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(60)
class OpenApiTest {
    private static final String STATUS = """
            {"slots":[{"application":0,"algorithm":"relay","version":"1.0.0","state":"serving","processed":1,"failed":0,
              "swaps":2,"probationMillis":0}],
             "applications":[{"application":1,"type":"source.cbr","state":"running"}],
             "upstreams":[],
             "downstreams":[{"peer":"127.0.0.1:7002","bytesPerSecond":1000.5,"queuedBytes":12,"roundTripMicros":88.5}],
             "sessions":[{"application":1,"upstreams":["127.0.0.1:7001"],"downstreams":["127.0.0.1:7002"]}],
             "counters":{"messages.lost":4},
             "rates":{"inBytesPerSecond":0,"outBytesPerSecond":1000.5,"inMessagesPerSecond":0,"outMessagesPerSecond":1},
             "location":{"latitude":1.5,"longitude":-2,"label":"x"}}
            """;

    private final StillFleet fleet = new StillFleet();
    private Observer observer;
    private Server server;
    private JsonObject description;

    @BeforeAll
    void open(@TempDir Path data) throws Exception {
        observer = Observer.open(fleet, data, Retention.USUAL);
        server = new Server(observer.servlet());
        description =
                JsonParser.parseString(server.get("/api/openapi.json").body()).getAsJsonObject();
        var a = fleet.add("a", 7001, STATUS);
        fleet.add(
                "b",
                7002,
                "{\"sessions\":[{\"application\":1,\"upstreams\":[\"127.0.0.1:7001\"],\"downstreams\":[]}]}");
        fleet.listeners.forEach(listener -> listener.changed(a));
        fleet.listeners.forEach(listener -> listener.happened(new Happening(
                Instant.now(), "x", "127.0.0.1:7001", "a", "rest", "=1+1, \"quoted\"", new JsonObject())));
    }

    @AfterAll
    void close() {
        observer.close();
        server.close();
    }

    @Test
    void every_route_is_described_and_nothing_else() {
        TreeSet<String> described = new TreeSet<>();
        for (Map.Entry<String, JsonElement> path :
                description.getAsJsonObject("paths").entrySet()) {
            path.getValue()
                    .getAsJsonObject()
                    .keySet()
                    .forEach(method -> described.add(method.toUpperCase(Locale.ROOT) + " " + path.getKey()));
        }
        TreeSet<String> routes = new TreeSet<>();
        observer.web().routes().forEach(route -> routes.add(route.method() + " " + route.path()));

        assertThat(described).isEqualTo(routes);
    }

    @Test
    void every_parameter_of_a_query_is_described() {
        observer.web().routes().forEach(route -> {
            List<String> described = new ArrayList<>();
            JsonObject operation = description
                    .getAsJsonObject("paths")
                    .getAsJsonObject(route.path())
                    .getAsJsonObject(route.method().toLowerCase(Locale.ROOT));
            if (operation.get("parameters") instanceof JsonArray parameters) {
                for (JsonElement parameter : parameters) {
                    JsonObject it = parameter.getAsJsonObject();
                    if (it.get("in").getAsString().equals("query")) {
                        described.add(it.get("name").getAsString());
                    }
                }
            }
            assertThat(described).as(route.path()).containsExactlyInAnyOrderElementsOf(route.queries());
        });
    }

    @ParameterizedTest
    @CsvSource({
        "/api/nodes, Nodes",
        "/api/nodes/a, Node",
        "/api/nodes/a/history, History",
        "/api/containers, Containers",
        "/api/topology, Topology",
        "/api/topology?app=1, Topology",
        "/api/topology?app=77, Topology",
        "/api/algorithms, Algorithms",
        "/api/rollouts, Rollouts",
        "/api/log, Log",
        "/api/log?limit=0, Problem"
    })
    void answers_are_as_described(String path, String schema) throws Exception {
        JsonElement answer = JsonParser.parseString(server.get(path).body());

        assertThat(new SchemaCheck(description).errors(answer, schema)).isEmpty();
    }

    @Test
    void a_command_is_answered_as_described_and_reaches_the_node() throws Exception {
        HttpResponse<String> answer =
                server.post("/api/nodes/a/commands", "{\"do\":\"status\"}", "Content-Type", "application/json");

        assertThat(new SchemaCheck(description).errors(JsonParser.parseString(answer.body()), "NodeResult"))
                .isEmpty();
        assertThat(fleet.orders).contains("127.0.0.1:7001 {\"do\":\"status\"} rest 127.0.0.1");
    }

    @Test
    void a_bundle_that_was_uploaded_is_brought_into_a_container_and_no_other() throws Exception {
        byte[] bundle = TestJar.algorithm("brought", "1.0.0").bytes();
        JsonObject kept;
        try (HttpClient client = HttpClient.newHttpClient()) {
            HttpRequest upload = HttpRequest.newBuilder(server.at("/api/algorithms"))
                    .header("Content-Type", "application/java-archive")
                    .POST(BodyPublishers.ofByteArray(bundle))
                    .build();
            kept = JsonParser.parseString(
                            client.send(upload, BodyHandlers.ofString()).body())
                    .getAsJsonObject();
        }
        String digest = kept.get("sha256").getAsString();

        HttpResponse<String> answer = bring("home-1", "{\"sha256\":\"" + digest + "\"}");

        assertThat(new SchemaCheck(description).errors(JsonParser.parseString(answer.body()), "Brought"))
                .isEmpty();
        assertThat(fleet.orders).contains("bring home-1 " + digest + " rest 127.0.0.1");
        assertThat(bring("home-1", "{\"sha256\":\"00\"}").statusCode()).isEqualTo(404);
        assertThat(bring("home-2", "{\"sha256\":\"" + digest + "\"}").statusCode())
                .isEqualTo(404);
        assertThat(bring("home-1", "{\"file\":\"/etc/passwd\"}").statusCode()).isEqualTo(400);
    }

    private HttpResponse<String> bring(String container, String body) throws Exception {
        return server.post("/api/containers/" + container + "/bundles", body, "Content-Type", "application/json");
    }

    @Test
    void what_is_not_as_described_is_found() {
        JsonObject wrong = JsonParser.parseString(
                        "{\"log\":[{\"number\":\"1\",\"time\":\"noon\",\"kind\":\"x\",\"extra\":1}]}")
                .getAsJsonObject();

        assertThat(new SchemaCheck(description).errors(wrong, "Log")).hasSizeGreaterThan(5);
    }

    @Test
    void the_topology_of_an_application_has_its_nodes_and_links_and_is_empty_when_nothing_passes() throws Exception {
        JsonObject one =
                JsonParser.parseString(server.get("/api/topology?app=1").body()).getAsJsonObject();
        JsonObject none = JsonParser.parseString(
                        server.get("/api/topology?app=77").body())
                .getAsJsonObject();

        assertThat(one.getAsJsonArray("nodes")).hasSize(2);
        assertThat(one.getAsJsonArray("nodes")
                        .get(0)
                        .getAsJsonObject()
                        .get("source")
                        .getAsBoolean())
                .isTrue();
        assertThat(one.get("links").toString())
                .isEqualTo("[{\"from\":\"127.0.0.1:7001\",\"to\":\"127.0.0.1:7002\",\"bytesPerSecond\":1000.5,"
                        + "\"queuedBytes\":12,\"roundTripMicros\":88.5}]");
        assertThat(none.getAsJsonArray("nodes")).isEmpty();
        assertThat(none.getAsJsonArray("links")).isEmpty();
    }

    @Test
    void tables_are_csv_in_which_no_text_is_a_formula() throws Exception {
        assertThat(server.get("/api/log?format=csv").body())
                .startsWith("number,time,kind,node,name,who,sentence,detail\r\n")
                .contains(",\"'=1+1, \"\"quoted\"\"\",{}");
        assertThat(server.get("/api/nodes/a/history?format=csv&from=2026-01-01T00:00:00Z&to=2040-01-01T00:00:00Z")
                        .body())
                .contains("2026-11-23T01:00:05Z,,,0.0,1000.5,0.0,1.0,12,0,,\r\n")
                .contains("2026-11-23T01:00:05Z,127.0.0.1:7002,to,,,,,12,,1000.5,88.5\r\n");
    }

    @Test
    void metrics_are_prometheus_text() throws Exception {
        server.get("/api/nodes");
        JsonObject ended = new JsonObject();
        ended.addProperty("state", "returned");
        fleet.listeners.forEach(listener -> listener.happened(
                new Happening(Instant.now(), "rollout", "", "", "rollout 1", "rollout 1: it is over", ended)));
        HttpResponse<String> answer = server.get("/metrics");

        assertThat(answer.headers().firstValue("Content-Type").orElseThrow()).startsWith("text/plain");
        assertThat(answer.body())
                .contains("overlay_nodes{state=\"live\"} 2.0")
                .contains("overlay_node_out_bytes_per_second{name=\"a\",node=\"127.0.0.1:7001\"} 1000.5")
                .contains("overlay_http_requests_total{method=\"GET\",route=\"/api/nodes\",status=\"200\"}")
                .contains("overlay_happenings_total{kind=\"x\"} 1.0")
                .contains("overlay_rollouts_total{state=\"returned\"} 1.0")
                .contains("process_cpu_seconds_total")
                .contains("# HELP overlay_nodes Nodes by state.");
    }
}

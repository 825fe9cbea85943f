package ioverlay.observer.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.google.gson.JsonPrimitive;
import ioverlay.observer.history.History;
import ioverlay.observer.history.HistoryException;
import ioverlay.observer.history.Retention;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What every request goes through: bad input over real connections, with the Jetty that Felix carries. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(60)
class FrontTest {
    private static final int BODY_LIMIT_MS = 400;

    /** Of everything else: nobody comes near it, however slow the machine is. */
    private static final int PATIENT_MS = 20_000;

    private static final String COMMANDS = "/api/nodes/127.0.0.1:7001/commands";

    private final StillFleet fleet = new StillFleet();
    private History history;
    private Web web;
    private Server server;

    @BeforeAll
    void open(@TempDir Path data) throws Exception {
        history = new History(data, Retention.USUAL, Clock.systemUTC());
        web = web(PATIENT_MS);
        web.add(
                "GET",
                "/api/broken",
                request -> Answer.csv("broken.csv", out -> {
                    out.write("a,table\r\n".repeat(10_000).getBytes(StandardCharsets.UTF_8));
                    out.flush();
                    throw new HistoryException("the disk is gone");
                }));
        server = new Server(web.servlet());
        fleet.add("a", 7001, "{}");
    }

    private Web web(int bodyMs) {
        Web made =
                new Web(fleet, history, FrontTest.class.getClassLoader(), new Asked.Limits(bodyMs, bodyMs, PATIENT_MS));
        made.add("POST", "/api/algorithms", request -> {
            try (InputStream body = request.body(1 << 20)) {
                return Answer.of(new JsonPrimitive(body.readAllBytes().length));
            }
        });
        return made;
    }

    @AfterAll
    void close() {
        web.close();
        server.close();
        history.close();
    }

    @AfterEach
    void nothing_of_it_reached_a_node() {
        assertThat(fleet.orders).isEmpty();
    }

    /** A problem as RFC 9457 has it, with a sentence. */
    private static void assertProblem(HttpResponse<String> answer, int status, String sentence) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        assertThat(answer.headers().firstValue("Content-Type").orElse("")).startsWith("application/problem+json");
        JsonObject problem = JsonParser.parseString(answer.body()).getAsJsonObject();
        assertThat(problem.keySet()).containsExactlyInAnyOrder("type", "title", "status", "detail");
        assertThat(problem.get("status").getAsInt()).isEqualTo(status);
        assertThat(problem.get("detail").getAsString()).contains(sentence);
    }

    @Test
    void nodes_are_answered_as_json_that_nobody_else_may_use() throws Exception {
        HttpResponse<String> answer = server.get("/api/nodes");

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Content-Type").orElseThrow()).startsWith("application/json");
        assertThat(answer.headers().firstValue("X-Content-Type-Options")).contains("nosniff");
        assertThat(answer.headers().firstValue("Cache-Control")).contains("no-store");
        assertThat(answer.headers().firstValue("Content-Security-Policy").orElseThrow())
                .contains("default-src 'self'", "frame-ancestors 'none'");
        JsonObject nodes = JsonParser.parseString(answer.body()).getAsJsonObject();
        assertThat(nodes.getAsJsonArray("nodes")).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "evil.example",
                "127.0.0.1.evil.example",
                "localhost.evil.example:80",
                "10.0.0.1",
                "[::2]",
                "a b",
                "::1"
            })
    void a_foreign_host_is_refused(String host) throws Exception {
        String answer = server.raw("GET /api/nodes HTTP/1.1\r\nHost: " + host + "\r\nConnection: close\r\n\r\n");

        // What is no host at all is refused by Jetty before it comes to us.
        assertThat(answer).matches("(?s)HTTP/1.1 40[03] .*");
        assertThat(answer).doesNotContain("\"nodes\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {"localhost", "LOCALHOST:1", "127.0.0.1", "127.9.9.9:80", "[::1]:8080"})
    void hosts_of_loopback_are_welcome(String host) throws Exception {
        assertThat(server.raw("GET /api/nodes HTTP/1.1\r\nHost: " + host + "\r\nConnection: close\r\n\r\n"))
                .startsWith("HTTP/1.1 200");
    }

    @Test
    void an_answer_that_breaks_in_the_middle_does_not_look_whole() {
        assertThatThrownBy(() -> server.get("/api/broken")).isInstanceOf(IOException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://evil.example", "null", "https://127.0.0.1:1", "http://127.0.0.1:1", "file://"})
    void a_foreign_origin_is_refused(String origin) throws Exception {
        assertProblem(
                server.post(COMMANDS, "{\"do\":\"status\"}", "Origin", origin, "Content-Type", "application/json"),
                403,
                "Origin, where there is one, must be http://127.0.0.1:" + server.port());
        assertProblem(server.get("/api/nodes", "Origin", origin), 403, "not '" + origin + "'");
    }

    @Test
    void the_own_origin_is_welcome() throws Exception {
        assertThat(server.get("/api/nodes", "Origin", "http://127.0.0.1:" + server.port())
                        .statusCode())
                .isEqualTo(200);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"do\":            | the body is no JSON: it ends before it is whole, after 6 characters",
                "{'do':'status'}     | the body is no JSON: see line 1, column 3",
                "{\"do\":\"x\"} {}   | the body is no JSON: see line 1, column 13",
                "[1]                 | the body must be one JSON object",
                "nothing             | the body is no JSON: see line 1, column 1",
                "{\"do\":NaN}        | the body is no JSON: see line 1, column 7",
                "{\"a\":1,\"a\":1}    | an object has each member once, and 'a' is there twice: see line 1",
                "{\"do\":{\"b\":{},\"c\":[{\"x\":1,\"x\":2}]}} | and 'x' is there twice",
                "{\"do\":7}          | as a text named 'do'",
                "{\"what\":1}        | as a text named 'do'"
            })
    void what_is_no_json_object_is_refused_with_a_sentence(String body, String sentence) throws Exception {
        assertProblem(server.post(COMMANDS, body, "Content-Type", "application/json"), 400, sentence);
    }

    @Test
    void json_that_is_too_deep_or_not_utf_8_is_refused() throws Exception {
        assertProblem(
                server.post(COMMANDS, "[".repeat(100_000), "Content-Type", "application/json"),
                400,
                "the body may be at most 64 deep, and is deeper: see line 1, column 6");
        assertThat(server.raw("POST " + COMMANDS + " HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
                        + "Content-Length: 2\r\nConnection: close\r\n\r\n\u00ff\u00fe"))
                .startsWith("HTTP/1.1 400")
                .contains("not UTF-8");
    }

    @Test
    void what_a_container_refuses_is_a_conflict_with_its_sentence() throws Exception {
        assertProblem(
                server.post(COMMANDS, "{\"do\":\"status\",\"wrong\":1}", "Content-Type", "application/json"),
                409,
                "status has no member 'wrong'");
    }

    @ParameterizedTest
    @ValueSource(strings = {"text/plain", "application/x-www-form-urlencoded", "multipart/form-data", ""})
    void a_body_of_another_type_is_refused(String type) throws Exception {
        String[] headers = type.isEmpty() ? new String[0] : new String[] {"Content-Type", type};

        assertProblem(server.post(COMMANDS, "{\"do\":\"status\"}", headers), 415, "must be application/json");
        assertProblem(server.post("/api/algorithms", "PK", headers), 415, "must be application/octet-stream");
    }

    @Test
    void a_packed_body_is_refused_since_it_could_be_any_size() throws Exception {
        assertProblem(
                server.post(COMMANDS, "x", "Content-Type", "application/json", "Content-Encoding", "gzip"),
                415,
                "may not be encoded");
    }

    @Test
    void a_body_that_says_it_is_huge_is_refused_before_it_comes() throws Exception {
        String answer =
                server.raw("POST " + COMMANDS + " HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
                        + "Content-Length: 99999999999\r\n\r\n{");

        assertThat(answer).startsWith("HTTP/1.1 413").contains("at most " + CommandResources.LONGEST + " bytes");
    }

    @Test
    void a_body_without_an_end_is_refused_when_it_is_too_long() throws Exception {
        try (Socket socket = server.dial()) {
            OutputStream out = socket.getOutputStream();
            out.write(("POST " + COMMANDS + " HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
                            + "Transfer-Encoding: chunked\r\n\r\n")
                    .getBytes(StandardCharsets.US_ASCII));
            byte[] chunk = ("10000\r\n" + " ".repeat(65536) + "\r\n").getBytes(StandardCharsets.US_ASCII);
            try {
                for (int i = 0; i < 100; i++) {
                    out.write(chunk);
                }
                assertThat(new String(socket.getInputStream().readNBytes(12), StandardCharsets.US_ASCII))
                        .isEqualTo("HTTP/1.1 413");
            } catch (SocketException e) {
                // It was shown out in the middle of a chunk: as it should be.
                assertThat(e).hasMessageMatching("Broken pipe|Connection reset.*");
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"/api/nodes/127.0.0.1:7001/commands, application/json", "/api/algorithms, application/octet-stream"})
    void a_body_that_is_half_sent_is_given_up(String path, String type) throws Exception {
        try (Web strict = web(BODY_LIMIT_MS);
                Server hasty = new Server(strict.servlet())) {
            long start = System.nanoTime();

            String answer = hasty.raw("POST " + path + " HTTP/1.1\r\nHost: localhost\r\nContent-Type: " + type
                    + "\r\nContent-Length: 1000\r\n\r\n{\"do\":");

            assertThat(answer).startsWith("HTTP/1.1 408").contains("6 bytes were here when its time was up");
            assertThat((System.nanoTime() - start) / 1_000_000).isGreaterThanOrEqualTo(BODY_LIMIT_MS);
        }
    }

    @Test
    void a_body_that_breaks_off_does_nothing() throws Exception {
        try (Socket socket = server.dial()) {
            socket.getOutputStream()
                    .write(("POST " + COMMANDS + " HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
                                    + "Content-Length: 1000\r\n\r\n{\"do\":\"remove\"}")
                            .getBytes(StandardCharsets.US_ASCII));
            socket.shutdownOutput();
            String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(answer).startsWith("HTTP/1.1 400").contains("the body broke off", "15 bytes of it were here");
        } catch (IOException e) {
            // Shown out at once: as good.
            assertThat(e).isInstanceOf(SocketException.class);
        }
    }

    @Test
    void a_body_whose_chunks_are_none_is_a_problem_of_who_sent_it() throws Exception {
        assertThat(server.raw("POST " + COMMANDS + " HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
                        + "Transfer-Encoding: chunked\r\n\r\nzz\r\nhello\r\n"))
                .startsWith("HTTP/1.1 400")
                .contains("application/problem+json");
    }

    @Test
    void a_body_that_the_server_gives_up_first_is_the_same_problem() throws Exception {
        try (Server hasty = new Server(web.servlet(), BODY_LIMIT_MS)) {
            String answer = hasty.raw("POST /api/algorithms HTTP/1.1\r\nHost: localhost\r\n"
                    + "Content-Type: application/octet-stream\r\nContent-Length: 1000\r\n\r\n{\"do\":");

            assertThat(answer).startsWith("HTTP/1.1 408").contains("6 bytes were here when its time was up");
        }
    }

    @Test
    void every_route_refuses_strangers_and_says_how_it_is_to_be_taken() throws Exception {
        List<String> lines = new ArrayList<>(List.of("GET /", "GET /index.html", "GET /nothing", "POST /api/nothing"));
        web.routes()
                .forEach(route -> lines.add(route.method() + " " + route.path().replaceAll("\\{.*?}", "x")));
        assertThat(lines).contains("GET /metrics", "GET /api/events", "GET /api/openapi.json");
        for (String line : lines) {
            for (String foreign : List.of("Host: evil.example", "Host: localhost\r\nOrigin: http://evil.example")) {
                String answer = server.raw(
                        line + " HTTP/1.1\r\n" + foreign + "\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
                assertThat(answer).as(line + ", " + foreign).startsWith("HTTP/1.1 403");
                assertThat(answer)
                        .as(line)
                        .contains("Content-Type: application/problem+json", "X-Content-Type-Options: nosniff")
                        .contains("Content-Security-Policy: default-src 'self'", "X-Frame-Options: DENY");
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/../api/nodes",
                "/%2e%2e/%2e%2e/etc/passwd",
                "/..%2f..%2fetc/passwd",
                "/%00",
                "/index.html%00.js",
                "/..\\..\\x.js",
                "/..%5c..%5cx.js",
                "//etc/passwd",
                "/./index.html",
                "/lib/..;/..;/x.js",
                "/%252e%252e/x.js",
                "/.hidden.js",
                "/css/",
                "/css",
                "/ioverlay/observer/web/Front.class",
                "/../ioverlay/observer/web/openapi.json",
                "/%c0%ae%c0%ae/x.js",
                "/api/nodes/",
                "/api",
                "/api/nodes/127.0.0.1:7001/",
                "/api/nothing",
                "/api/nodes//x",
                "/META-INF/MANIFEST.MF",
                "/x.js?y",
                "/WEB-INF/web.xml"
            })
    void tricks_with_paths_find_nothing(String path) throws Exception {
        String answer = server.raw("GET " + path + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");

        assertThat(answer).matches("(?s)HTTP/1.1 40[04] .*");
    }

    @Test
    void an_unknown_node_is_not_found() throws Exception {
        assertProblem(server.get("/api/nodes/10.0.0.1:1"), 404, "no node '10.0.0.1:1' has registered here");
        assertProblem(
                server.post("/api/containers/x/commands", "{\"do\":\"types\"}", "Content-Type", "application/json"),
                404,
                "no container 'x'");
    }

    @Test
    void a_wrong_method_is_told_which_are_right() throws Exception {
        HttpResponse<String> answer = server.post("/api/nodes", "{}", "Content-Type", "application/json");

        assertProblem(answer, 405, "here one may only GET, not POST");
        assertThat(answer.headers().firstValue("Allow")).contains("GET, HEAD");
        for (String method : List.of("TRACE", "DELETE", "OPTIONS", "NONSENSE")) {
            assertThat(server.raw(method + " /index.html HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"))
                    .matches("(?s)HTTP/1.1 40[05] .*");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "/api/nodes?x=1                                     | the query may have none here, and not 'x'",
                "/api/log?limit=1&limit=2                           | 'limit' is there twice",
                "/api/log?limit=0                                   | limit is a whole number from 1 to 10000, not '0'",
                "/api/log?limit=99999999999999999999                | limit is a whole number",
                "/api/log?format=xml                                | format is json or csv, not 'xml'",
                "/api/log?text=%ff                                  | must be UTF-8",
                "/api/topology?app=-1                               | app is a whole number from 0 to 4294967295",
                "/api/nodes/a/history?from=yesterday                | from is a time as 2026-11-23T01:00:00Z",
                "/api/nodes/a/history?from=-1&to=-2                 | from must not be after to",
                "/api/nodes/a/history?step=1e9                      | step is a number"
            })
    void a_wrong_query_is_refused_with_a_sentence(String path, String sentence) throws Exception {
        assertProblem(server.get(path), 400, sentence);
    }

    @Test
    void head_says_what_get_would_without_a_body() throws Exception {
        String answer = server.raw("HEAD /api/nodes HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");

        assertThat(answer)
                .startsWith("HTTP/1.1 200")
                .contains("Content-Length: ")
                .endsWith("\r\n\r\n");
    }

    @Test
    void a_history_that_cannot_be_read_is_told_apart_from_a_defect() throws Exception {
        web.add("GET", "/api/busy", request -> {
            throw new HistoryException("the history is too busy");
        });

        assertProblem(server.get("/api/busy"), 503, "the history is too busy");
    }

    @Test
    void a_defect_of_a_resource_is_a_problem_too() throws Exception {
        web.add("GET", "/api/defect", request -> {
            throw new IllegalStateException("made for this test");
        });

        assertProblem(server.get("/api/defect"), 500, "this is a defect of the observer");
    }
}

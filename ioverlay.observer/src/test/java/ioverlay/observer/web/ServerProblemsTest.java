package ioverlay.observer.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import ioverlay.observer.history.History;
import ioverlay.observer.history.Retention;
import java.nio.file.Path;
import java.time.Clock;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the server answers by itself, before the front sees a request. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(60)
class ServerProblemsTest {
    private History history;
    private Web web;
    private Server server;

    @BeforeAll
    void open(@TempDir Path data) throws Exception {
        history = new History(data, Retention.USUAL, Clock.systemUTC());
        web = new Web(new StillFleet(), history, ServerProblemsTest.class.getClassLoader());
        server = new Server(web.servlet());
    }

    @AfterAll
    void close() {
        web.close();
        server.close();
        history.close();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "GET /../api/nodes HTTP/1.1       | Host: localhost | 400 | a request is as HTTP has it",
                "GET /a/..;/nodes HTTP/1.1       | Host: localhost | 400 | a request is as HTTP has it",
                "GET /..%2f..%2fetc HTTP/1.1      | Host: localhost | 400 | a request is as HTTP has it",
                "GET /%00 HTTP/1.1                | Host: localhost | 400 | a request is as HTTP has it",
                "GET /api/nodes HTTP/1.1          | Host:           | 400 | with one Host",
                "GET /api/nodes HTTP/1.1          | X: y            | 400 | with one Host",
                "GET /api/nodes HTTP/1.1          | Host: a b       | 400 | with one Host",
                "GET /api/nodes HTTP/9.9          | Host: localhost | 505 | the server refuses",
                "nonsense                         | Host: localhost | 400 | a request is as HTTP has it"
            })
    void what_the_server_refuses_before_us_is_a_problem_too(String line, String header, int status, String sentence)
            throws Exception {
        assertServersProblem(server.raw(line + "\r\n" + header + "\r\nConnection: close\r\n\r\n"), status, sentence);
    }

    @Test
    void headers_that_are_too_many_are_a_problem_too() throws Exception {
        String many = "X-Header: " + "x".repeat(20_000);
        assertServersProblem(
                server.raw("GET /api/nodes HTTP/1.1\r\nHost: localhost\r\n" + many + "\r\n\r\n"),
                431,
                "all headers of a request have at most 8192 bytes");
        assertServersProblem(
                server.raw("GET /" + "x".repeat(20_000) + " HTTP/1.1\r\nHost: localhost\r\n\r\n"),
                414,
                "the first line and all headers");
    }

    private static void assertServersProblem(String answer, int status, String sentence) {
        assertThat(answer).startsWith("HTTP/1.1 " + status);
        assertThat(answer).contains("Content-Type: application/problem+json", "X-Content-Type-Options: nosniff");
        assertThat(answer).doesNotContain("<html", "Jetty");
        JsonObject problem = JsonParser.parseString(answer.substring(answer.indexOf("\r\n\r\n")))
                .getAsJsonObject();
        assertThat(problem.get("status").getAsInt()).isEqualTo(status);
        assertThat(problem.get("detail").getAsString()).contains(sentence);
        assertThat(problem.get("title").getAsString()).isNotBlank();
    }

    @ParameterizedTest
    @ValueSource(strings = {"//api/nodes", "/api//nodes", "///api/nodes?"})
    void a_slash_too_many_is_none(String path) throws Exception {
        assertThat(server.raw("GET " + path + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"))
                .startsWith("HTTP/1.1 200")
                .contains("{\"nodes\":[");
        assertThat(server.raw("GET //evil.example/../x HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"))
                .startsWith("HTTP/1.1 40");
        assertThat(server.raw("GET " + path + " HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n"))
                .startsWith("HTTP/1.1 403");
    }
}

package ioverlay.itest;

import static org.assertj.core.api.Assertions.assertThat;

import ioverlay.api.observer.Observatory;
import ioverlay.api.observer.Rollouts;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.Bundle;

/** The observer's web in the server that it has in a container: Felix's Jetty, through the HTTP Whiteboard. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(120)
class ObserverWebTest {
    private static final int SOCKET_LIMIT_MS = 30_000;

    private LiveContainer container;
    private URI web;
    private Path data;

    @BeforeAll
    void open(@TempDir Path folder) throws Exception {
        data = folder.resolve("observer");
        container = LiveContainer.observed();
        web = container.web();
        container.configure("ioverlay.observer", Map.of("data", data.toString(), "web", web.toString()));
        Await.until("the observer is open", () -> container.context().getServiceReference(Observatory.class) != null);
        Await.until("it is served", () -> ask("GET /api/nodes").startsWith("HTTP/1.1 200"));
    }

    @AfterAll
    void close() throws Exception {
        container.close();
    }

    /** Says a request line with the usual headers, and reads to the end. */
    private String ask(String line, String... headers) {
        return raw(line + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
                + String.join(
                        "", List.of(headers).stream().map(it -> it + "\r\n").toList()) + "\r\n");
    }

    private String raw(String request) {
        try (Socket socket = dial()) {
            socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            return "";
        }
    }

    private Socket dial() throws IOException {
        Socket socket = new Socket(web.getHost(), web.getPort());
        socket.setSoTimeout(SOCKET_LIMIT_MS);
        return socket;
    }

    @Test
    void the_observatory_says_where_it_is_and_the_shell_finds_the_rollouts() {
        Observatory observatory = container.service(Observatory.class);

        assertThat(observatory.listens().toString()).startsWith("127.0.0.1:");
        assertThat(observatory.web()).contains(web.toString());
        assertThat(observatory.data()).isEqualTo(data);
        assertThat(container.service(Rollouts.class).rollouts()).isEmpty();
        assertThat(Files.exists(data.resolve("history.mv.db"))).isTrue();
    }

    @Test
    void page_nodes_metrics_and_description_are_there() {
        assertThat(ask("GET /")).startsWith("HTTP/1.1 200").contains("text/html", "Content-Security-Policy");
        assertThat(ask("GET /api/nodes")).contains("{\"nodes\":[]}");
        assertThat(ask("GET /metrics")).contains("overlay_nodes{state=\"live\"} 0.0");
        assertThat(ask("GET /api/openapi.json")).contains("\"openapi\": \"3.1.0\"");
        assertThat(ask("GET /lib/d3.min.js", "Accept-Encoding: gzip")).contains("Content-Encoding: gzip");
    }

    @Test
    void strangers_and_tricks_are_refused() {
        assertThat(raw("GET /api/nodes HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n"))
                .startsWith("HTTP/1.1 403")
                .contains("application/problem+json");
        assertThat(ask("POST /api/rollouts", "Origin: http://evil.example", "Content-Length: 0"))
                .startsWith("HTTP/1.1 403");
        for (String path : List.of("/%2e%2e/x.js", "/..%2fx.js", "/a/..;/x.js", "/..\\x.js", "/%00.js", "//x.js")) {
            assertThat(ask("GET " + path)).as(path).matches("(?s)HTTP/1.1 40[04] .*");
        }
        // What Jetty refuses by itself, and what it would refuse: a slash too many is none.
        assertThat(ask("GET /a/..;/x.js"))
                .startsWith("HTTP/1.1 400")
                .contains("application/problem+json", "\"detail\":");
        assertThat(ask("GET /api/nodes", "X-Long: " + "x".repeat(20_000)))
                .startsWith("HTTP/1.1 431")
                .contains("application/problem+json");
        assertThat(ask("GET //api/nodes")).startsWith("HTTP/1.1 200").contains("{\"nodes\":[]}");
        assertThat(ask("DELETE /api/nodes")).startsWith("HTTP/1.1 405").contains("Allow: GET, HEAD");
    }

    @Test
    void a_body_that_is_half_sent_is_given_up_and_holds_no_thread_of_the_server() throws Exception {
        // More of them than the server has threads.
        Socket[] halves = new Socket[24];
        for (int i = 0; i < halves.length; i++) {
            halves[i] = dial();
            halves[i]
                    .getOutputStream()
                    .write(("POST /api/rollouts HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
                                    + "Content-Length: 1000\r\n\r\n{")
                            .getBytes(StandardCharsets.US_ASCII));
        }
        assertThat(ask("GET /api/nodes")).startsWith("HTTP/1.1 200");
        for (Socket half : halves) {
            try (half) {
                String answer = new String(half.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
                assertThat(answer).startsWith("HTTP/1.1 408").contains("the body came too slowly");
            }
        }
    }

    /** What the command line does where the server answers 404 to what is there (FELIX-6828). */
    @Test
    void a_server_that_is_started_again_serves_the_page_again() throws Exception {
        Bundle server =
                container.bundles("org.apache.felix.http.jetty12").findFirst().orElseThrow();

        server.stop();
        assertThat(ask("GET /api/nodes")).isEmpty();
        server.start();

        Await.until("it is served again", () -> ask("GET /api/nodes").startsWith("HTTP/1.1 200"));
        assertThat(ask("GET /")).startsWith("HTTP/1.1 200");
    }

    @Test
    void events_come_at_once() throws Exception {
        try (Socket socket = dial()) {
            socket.getOutputStream()
                    .write("GET /api/events HTTP/1.1\r\nHost: localhost\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            BufferedReader in =
                    new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
            String line = in.readLine();
            while (!line.startsWith("data: ")) {
                line = in.readLine();
            }
            assertThat(line).isEqualTo("data: {\"nodes\":[],\"all\":true}");
        }
    }
}

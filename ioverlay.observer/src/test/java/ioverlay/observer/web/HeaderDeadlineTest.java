package ioverlay.observer.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import ioverlay.observer.history.History;
import ioverlay.observer.history.Retention;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How long a first line and headers may take: over real connections of the server that Felix carries. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(60)
class HeaderDeadlineTest {
    private static final int HEADERS_MS = 500;
    private static final int IDLE_MS = 1500;

    /** A client that trickles says a byte so often. */
    private static final int BYTE_EVERY_MS = 50;

    /** Of the bytes that trickle: far more than there is time for. */
    private static final long LONGEST_MS = 10_000;

    private static final String NODES = "GET /api/nodes HTTP/1.1\r\nHost: localhost\r\n\r\n";

    private History history;
    private Web web;

    /** One whose limit for silent connections nobody comes near, however slow the machine is. */
    private Server server;

    @BeforeAll
    void open(@TempDir Path data) throws Exception {
        history = new History(data, Retention.USUAL, Clock.systemUTC());
        web = new Web(new StillFleet(), history, HeaderDeadlineTest.class.getClassLoader());
        web.add("GET", "/api/long", request -> Answer.csv("long.csv", HeaderDeadlineTest::slowly));
        web.add("POST", "/api/algorithms", request -> {
            try (InputStream body = request.body(1000)) {
                return Answer.of(new JsonPrimitive(body.readAllBytes().length));
            }
        });
        server = new Server(web.servlet(), 2 * LONGEST_MS, HEADERS_MS);
    }

    @AfterAll
    void close() {
        web.close();
        server.close();
        history.close();
    }

    private static void slowly(OutputStream out) throws IOException {
        for (int i = 0; i < 15; i++) {
            out.write("a line\r\n".getBytes(StandardCharsets.US_ASCII));
            out.flush();
            pause(3 * HEADERS_MS / 15);
        }
    }

    private static void pause(long millis) {
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(millis));
    }

    private static void say(Socket client, String text) throws IOException {
        client.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
    }

    /** Says byte after byte until there is an answer, and gives it all; fails if there is none. */
    private static String trickle(Socket client, String first) throws IOException {
        say(client, first);
        client.setSoTimeout(BYTE_EVERY_MS);
        for (long end = System.nanoTime() + LONGEST_MS * 1_000_000; System.nanoTime() < end; ) {
            say(client, "a");
            try {
                int begin = client.getInputStream().read();
                client.setSoTimeout((int) LONGEST_MS);
                return (char) begin + new String(client.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            } catch (SocketTimeoutException e) {
                // Not yet: one more byte.
            }
        }
        throw new AssertionError("headers may come for more than " + LONGEST_MS + " ms");
    }

    private static void assertTooSlow(String answer) {
        assertThat(answer).startsWith("HTTP/1.1 408 Request Timeout\r\n");
        assertThat(answer)
                .contains("Content-Type: application/problem+json", "Connection: close", "nosniff")
                .contains("\"status\":408", "have " + HEADERS_MS + " ms from their first byte");
    }

    /** One answer of a connection that stays. */
    private static String answer(Socket client) throws IOException {
        StringBuilder answer = new StringBuilder();
        while (!answer.toString().endsWith("]}")) {
            int next = client.getInputStream().read();
            assertThat(next).as("after " + answer).isNotNegative();
            answer.append((char) next);
        }
        return answer.toString();
    }

    @ParameterizedTest
    @ValueSource(strings = {"G", "GET /api/nodes", "GET /api/nodes HTTP/1.1\r\nHost: localhost\r\nX-A: ", "\r\n\r\n"})
    void a_first_line_and_headers_that_trickle_are_answered_408_and_cut_off(String first) throws Exception {
        try (Socket client = server.dial()) {
            long start = System.nanoTime();
            assertTooSlow(trickle(client, first));
            assertThat((System.nanoTime() - start) / 1_000_000).isGreaterThanOrEqualTo(HEADERS_MS);
        }
    }

    @Test
    void so_are_those_of_a_second_request() throws Exception {
        try (Socket client = server.dial()) {
            say(client, NODES);
            assertThat(answer(client)).startsWith("HTTP/1.1 200");
            assertTooSlow(trickle(client, "GET /api/nodes HTTP/1.1\r\nX-A: "));
        }
    }

    @Test
    void a_connection_that_is_silent_between_two_requests_stays() throws Exception {
        try (Socket client = server.dial()) {
            for (int i = 0; i < 2; i++) {
                pause(HEADERS_MS * 7 / 5);
                say(client, NODES);
                assertThat(answer(client)).startsWith("HTTP/1.1 200");
            }
            say(client, NODES + NODES + NODES.substring(0, 9));
            assertThat(answer(client)).startsWith("HTTP/1.1 200");
            assertThat(answer(client)).startsWith("HTTP/1.1 200");
            say(client, NODES.substring(9));
            assertThat(answer(client)).startsWith("HTTP/1.1 200");
        }
    }

    @Test
    void a_connection_on_which_nothing_is_said_ends_as_a_silent_one() throws Exception {
        try (Server hasty = new Server(web.servlet(), IDLE_MS, HEADERS_MS);
                Socket client = hasty.dial()) {
            long start = System.nanoTime();
            assertThat(client.getInputStream().read()).isEqualTo(-1);
            assertThat((System.nanoTime() - start) / 1_000_000).isGreaterThanOrEqualTo(IDLE_MS - 100);
        }
    }

    @Test
    void a_page_that_listens_an_answer_and_a_body_may_take_longer() throws Exception {
        try (Socket page = server.dial();
                Socket reader = server.dial();
                Socket writer = server.dial()) {
            say(page, "GET /api/events HTTP/1.1\r\nHost: localhost\r\n\r\n");
            say(reader, "GET /api/long HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
            say(
                    writer,
                    String.join(
                            "\r\n",
                            "POST /api/algorithms HTTP/1.1",
                            "Host: localhost",
                            "Connection: close",
                            "Content-Type: application/octet-stream",
                            "Content-Length: 30",
                            "",
                            ""));
            for (int i = 0; i < 30; i++) {
                say(writer, "x");
                pause(2 * HEADERS_MS / 30);
            }
            assertThat(all(writer)).startsWith("HTTP/1.1 200").endsWith("30");
            assertThat(all(reader).split("a line", -1)).hasSize(16);
            web.push("rollout", new JsonObject());
            StringBuilder told = new StringBuilder();
            while (told.indexOf("event: rollout") < 0) {
                int next = page.getInputStream().read();
                assertThat(next).as("after " + told).isNotNegative();
                told.append((char) next);
            }
        }
    }

    private static String all(Socket client) throws IOException {
        return new String(client.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
}

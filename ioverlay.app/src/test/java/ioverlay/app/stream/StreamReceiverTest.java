package ioverlay.app.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.JsonObject;
import ioverlay.api.Message;
import ioverlay.app.FakeSession;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class StreamReceiverTest {
    private static final List<Unit> UNITS = Recorded.cut(Recorded.packets(60)).all;
    private static final String HOST = "\r\nHost: localhost\r\n\r\n";

    @TempDir
    private Path folder;

    private static List<Long> pictures(long from, long to) {
        return LongStream.range(from, to).boxed().toList();
    }

    private static String head(byte[] answer) {
        return new String(answer, StandardCharsets.ISO_8859_1)
                .lines()
                .findFirst()
                .orElse("");
    }

    @Test
    void who_watches_gets_the_stream_from_the_next_random_access_point() throws Exception {
        try (ReceiverFixture fixture = new ReceiverFixture("{}")) {
            fixture.receive(UNITS.subList(0, 5));
            try (Socket watcher = fixture.watcher()) {
                fixture.receive(UNITS.subList(5, 30));
                byte[] answer = fixture.answer(watcher, false);
                assertThat(head(answer)).isEqualTo("HTTP/1.1 200 OK");
                assertThat(new String(answer, StandardCharsets.ISO_8859_1)).contains("Content-Type: video/mp2t\r\n");
                byte[] stream = ReceiverFixture.body(answer);
                assertThat(Recorded.pictures(stream)).isEqualTo(pictures(12, 30));
                assertThat(Recorded.continuityErrors(stream)).isZero();
            }
        }
    }

    @Test
    void who_falls_behind_skips_whole_pictures_and_holds_up_nobody() throws Exception {
        List<Unit> units = Recorded.cut(Recorded.packets(300)).all;
        try (ReceiverFixture fixture = new ReceiverFixture("{'bufferBytes': 65536}");
                Socket slow = fixture.watcher();
                Socket fast = fixture.watcher()) {
            FutureTask<byte[]> seen =
                    new FutureTask<>(() -> fast.getInputStream().readAllBytes());
            Thread.ofVirtual().start(seen);
            for (int at = 0; at < units.size(); at += 10) {
                fixture.receive(units.subList(at, at + 10));
                fixture.until(() -> waiting(fixture, 1) == 0);
            }
            JsonObject behind =
                    fixture.status().getAsJsonArray("clients").get(0).getAsJsonObject();
            assertThat(behind.get("skippedPictures").getAsLong()).isPositive();
            assertThat(waiting(fixture, 0)).isLessThanOrEqualTo(65536);
            byte[] late = ReceiverFixture.body(fixture.answer(slow, false));
            assertThat(Recorded.continuityErrors(late)).isZero();
            assertThat(Recorded.pictures(late).size()).isBetween(50, 299);
            fixture.end();
            assertThat(Recorded.pictures(ReceiverFixture.body(seen.get(10, TimeUnit.SECONDS))))
                    .isEqualTo(pictures(0, 300));
        }
    }

    private static long waiting(ReceiverFixture fixture, int client) {
        JsonObject its = fixture.status().getAsJsonArray("clients").get(client).getAsJsonObject();
        return its.get("waitingBytes").getAsLong();
    }

    @Test
    void a_recording_has_whole_pictures_only_and_no_error() throws Exception {
        Path file = folder.resolve("seen.ts");
        try (ReceiverFixture fixture = new ReceiverFixture("{'record': '" + file + "'}")) {
            fixture.receive(UNITS.subList(0, 7));
            fixture.receiver.consume(Message.builder(FakeSession.SELF, 1)
                    .application(7)
                    .sequence(100) // many are missing before it
                    .payload(new byte[] {1, 2})
                    .build());
            assertThat(fixture.number("wrong")).isEqualTo(1);
        }
        assertThat(Recorded.pictures(Files.readAllBytes(file))).isEqualTo(pictures(0, 7));
    }

    @Test
    void a_node_that_comes_late_begins_with_the_next_random_access_point_and_misses_nothing_of_it() throws Exception {
        Path file = folder.resolve("late.ts");
        try (ReceiverFixture fixture = new ReceiverFixture("{'record': '" + file + "'}")) {
            fixture.lose(UNITS.subList(0, 5));
            fixture.receive(UNITS.subList(5, 30));
            assertThat(fixture.number("skippedPictures") + fixture.number("gaps"))
                    .isZero();
        }
        assertThat(Recorded.pictures(Files.readAllBytes(file))).isEqualTo(pictures(12, 30));
    }

    @Test
    void a_gap_is_told_in_pictures_and_time() throws Exception {
        try (ReceiverFixture fixture = new ReceiverFixture("{}")) {
            fixture.receive(UNITS.subList(0, 5));
            fixture.session.now = 700_000_000;
            fixture.lose(UNITS.subList(5, 8));
            fixture.receive(UNITS.subList(8, 30));
            assertThat(fixture.number("gaps")).isEqualTo(1);
            assertThat(fixture.number("skippedPictures")).isEqualTo(12 - 5);
            assertThat(fixture.number("longestGapMillis")).isEqualTo((12 - 4) * 40);
            assertThat(fixture.number("longestStallMillis")).isEqualTo(700);
            assertThat(fixture.number("lost")).isEqualTo(3);
            assertThat(fixture.status()
                            .getAsJsonObject("delayMillis")
                            .get("longest")
                            .getAsDouble())
                    .isEqualTo(70 - 3);
        }
    }

    @Test
    void a_picture_that_does_not_come_is_a_stall_before_the_next_one_comes() throws Exception {
        try (ReceiverFixture fixture = new ReceiverFixture("{}")) {
            fixture.session.now = 5_000_000_000L;
            assertThat(fixture.number("longestStallMillis"))
                    .as("before the first")
                    .isZero();
            fixture.receive(UNITS.subList(0, 3));
            fixture.session.now += 3_000_000_000L;
            assertThat(fixture.number("longestStallMillis")).isEqualTo(3000);
            fixture.receive(UNITS.subList(3, 5));
            fixture.session.now += 40_000_000;
            assertThat(fixture.number("longestStallMillis")).isEqualTo(3000);
        }
    }

    @Test
    void its_state_is_a_word() throws Exception {
        try (ReceiverFixture fixture = new ReceiverFixture("{}")) {
            assertThat(fixture.status().get("state").getAsString()).isEqualTo("waiting");
            fixture.receive(UNITS.subList(0, 3));
            assertThat(fixture.status().get("state").getAsString()).isEqualTo("playing");
            fixture.session.now = 2_000_000_001;
            assertThat(fixture.status().get("state").getAsString()).isEqualTo("silent");
        }
    }

    @Test
    void a_recording_ends_where_it_may_have_no_more_bytes_and_the_stream_goes_on() throws Exception {
        Path file = folder.resolve("short.ts");
        try (ReceiverFixture fixture = new ReceiverFixture("{'recordBytes': 20000, 'record': '" + file + "'}")) {
            fixture.receive(UNITS);
            JsonObject recording = fixture.status().getAsJsonObject("recording");
            assertThat(recording.get("failure").getAsString())
                    .isEqualTo("it has the 20000 bytes that recordBytes allows");
            assertThat(fixture.number("pictures")).isEqualTo(60);
            assertThat(Files.size(file))
                    .isLessThanOrEqualTo(20000)
                    .isEqualTo(recording.get("bytes").getAsLong());
        }
    }

    @ParameterizedTest
    @CsvSource({
        "GET /other HTTP/1.1, 404 Not Found",
        "POST /stream.ts HTTP/1.1, 405 Method Not Allowed",
        "HEAD /stream.ts HTTP/1.1, 200 OK",
        "GET / HTTP/1.0, 200 OK",
        "GET /stream.ts, 400 Bad Request",
        "nonsense, 400 Bad Request",
        "GET http://localhost:80/stream.ts HTTP/1.1, 200 OK", // RFC 9112, 3.2.2
        "GET HTTP://127.0.0.1?x=/ HTTP/1.1, 200 OK",
        "GET http://localhost/other HTTP/1.1, 404 Not Found",
        "GET http://evil.example/stream.ts HTTP/1.1, 403 Forbidden",
        "GET http://localhost@evil.example/stream.ts HTTP/1.1, 403 Forbidden",
        "GET https://localhost/stream.ts HTTP/1.1, 404 Not Found",
    })
    void each_request_has_its_answer(String line, String status) throws Exception {
        try (ReceiverFixture fixture = new ReceiverFixture("{}");
                Socket client = fixture.client(line + HOST)) {
            fixture.until(() -> available(client));
            assertThat(head(fixture.answer(client, false))).isEqualTo("HTTP/1.1 " + status);
        }
    }

    @Test
    void a_page_of_another_host_gets_nothing() throws Exception {
        try (ReceiverFixture fixture = new ReceiverFixture("{}");
                Socket client = fixture.client("GET /stream.ts HTTP/1.1\r\nHost: evil.example\r\n\r\n")) {
            fixture.until(() -> available(client));
            assertThat(head(fixture.answer(client, true))).isEqualTo("HTTP/1.1 403 Forbidden");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "GET /stream.ts HTTP/1.1|Host: localhost|host: 127.0.0.1, 400 Bad Request",
        "GET /stream.ts HTTP/1.0|Host: localhost|Host: localhost, 400 Bad Request",
        "GET http://localhost/stream.ts HTTP/1.1|Host: a|Host: b, 400 Bad Request",
        "GET http://localhost/stream.ts HTTP/1.1|Host: evil.example, 200 OK", // the target's counts
        "GET http://localhost/stream.ts HTTP/1.1, 400 Bad Request",
        "GET /stream.ts HTTP/1.1, 400 Bad Request",
        "GET /stream.ts HTTP/1.0, 200 OK"
    })
    void a_request_names_its_host_once(String lines, String status) {
        assertThat(Request.read(lines.replace('|', '\n')).status()).isEqualTo(status);
    }

    @Test
    void one_more_than_may_watch_is_told_so() throws Exception {
        try (ReceiverFixture fixture = new ReceiverFixture("{'clients': 1}");
                Socket first = fixture.watcher();
                Socket second = fixture.client("GET /stream.ts HTTP/1.1" + HOST)) {
            fixture.until(() -> available(second));
            assertThat(head(fixture.answer(second, true))).isEqualTo("HTTP/1.1 503 Service Unavailable");
            first.shutdownOutput();
            fixture.until(() -> fixture.watching() == 0);
        }
    }

    @Test
    void who_asks_for_nothing_or_for_too_much_is_shown_out() throws Exception {
        try (ReceiverFixture fixture = new ReceiverFixture("{}");
                Socket silent = fixture.client("GET ");
                Socket endless = fixture.client("x".repeat(9000))) {
            fixture.until(() -> available(endless));
            assertThat(head(fixture.answer(endless, false))).isEqualTo("HTTP/1.1 400 Bad Request");
            fixture.session.now = Client.REQUEST_LIMIT_NS + 1;
            fixture.until(() -> available(silent));
            assertThat(head(fixture.answer(silent, true))).isEqualTo("HTTP/1.1 408 Request Timeout");
        }
    }

    @Test
    void at_its_end_those_who_watch_see_the_end() throws Exception {
        ReceiverFixture fixture = new ReceiverFixture("{}");
        try (Socket watcher = fixture.watcher()) {
            fixture.receive(UNITS.subList(0, 3));
            fixture.end();
            byte[] answer = watcher.getInputStream().readAllBytes();
            assertThat(Recorded.pictures(ReceiverFixture.body(answer))).isEqualTo(pictures(0, 3));
            assertThat(new String(answer, StandardCharsets.ISO_8859_1)).endsWith("\r\n0\r\n\r\n");
        }
    }

    @Test
    void a_port_in_use_is_refused_with_a_sentence() throws Exception {
        try (ReceiverFixture fixture = new ReceiverFixture("{}")) {
            LiveStream second = new LiveStream();
            assertThatThrownBy(() -> second.begin(new FakeSession("{'port': " + fixture.port() + "}")))
                    .isInstanceOf(IOException.class)
                    .hasMessage("stream: cannot offer at 127.0.0.1:" + fixture.port() + ": Address already in use");
            assertThat(second.status().size()).isZero();
            second.end();
        }
    }

    @Test
    void an_existing_recording_is_not_replaced_unless_said() throws Exception {
        Path file = Files.createFile(folder.resolve("old.ts"));
        assertThatThrownBy(() -> new ReceiverFixture("{'record': '" + file + "'}"))
                .hasMessage("stream: '" + file + "' exists, and overwrite is not set");
        new ReceiverFixture("{'overwrite': true, 'record': '" + file + "'}").close();
        new ReceiverFixture("{'record': '" + folder + "/new/one.ts'}").close();
        assertThat(folder.resolve("new/one.ts")).isEmptyFile();
        assertThatThrownBy(() -> new ReceiverFixture("{'record': '" + file + "/such.ts'}"))
                .isInstanceOf(IOException.class)
                .hasMessageStartingWith("stream: cannot write '" + file + "/such.ts': ");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'prot': 1}",
                "{'port': 65536}",
                "{'clients': 0}",
                "{'bufferBytes': 1}",
                "{'bufferMillis': 99}",
                "{'recordBytes': 1}",
                "{'record': 'x\\u0000'}"
            })
    void wrong_settings_are_refused(String settings) {
        assertThatThrownBy(() -> new ReceiverFixture(settings))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("stream: ");
    }

    private static boolean available(Socket socket) {
        try {
            return socket.getInputStream().available() > 0;
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}

package ioverlay.observer.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import ioverlay.observer.Observer;
import ioverlay.observer.fleet.Fleet;
import ioverlay.observer.fleet.Happening;
import ioverlay.observer.fleet.Member;
import ioverlay.observer.history.History;
import ioverlay.observer.history.Retention;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What pages are pushed: over real connections, and over a restart of the observer. */
@Timeout(60)
class EventsTest {
    /** Of a piece of an answer: short, and longer than a machine that does other things keeps one from being read. */
    private static final int WRITE_MS = 1500;

    @TempDir
    private Path data;

    private final StillFleet fleet = new StillFleet();

    /** An observer and its server, opened together. */
    private final class Station implements AutoCloseable {
        final Observer observer;
        final Server server;

        Station() throws Exception {
            observer = Observer.open(fleet, data, Retention.USUAL);
            server = new Server(observer.servlet());
        }

        @Override
        public void close() {
            observer.close();
            server.close();
        }
    }

    /** A page that listens. */
    private static final class Listening implements AutoCloseable {
        private final Socket socket;
        private final BufferedReader in;

        Listening(Server server, String headers) throws Exception {
            socket = server.dial();
            socket.getOutputStream()
                    .write(("GET /api/events HTTP/1.1\r\nHost: localhost\r\n" + headers + "\r\n")
                            .getBytes(StandardCharsets.US_ASCII));
            in = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
        }

        /** The next line that begins so. */
        String next(String start) throws IOException {
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                if (line.startsWith(start)) {
                    return line;
                }
            }
            throw new AssertionError("the stream ended before a line with " + start);
        }

        /** The next event of that kind: its data. */
        String data(String event) throws IOException {
            next("event: " + event);
            return next("data: ");
        }

        @Override
        public void close() throws IOException {
            socket.close();
        }
    }

    private void happens(String sentence) {
        Happening happening = new Happening(Instant.now(), "x", "", "", "", sentence, new JsonObject());
        fleet.listeners.forEach(listener -> listener.happened(happening));
    }

    private void changes(Member member) {
        for (Fleet.Listener listener : fleet.listeners) {
            listener.changed(member);
        }
    }

    @Test
    void a_page_is_told_all_nodes_first_and_then_what_changes_together() throws Exception {
        Member a = fleet.add("a", 7001, "{}");
        Member b = fleet.add("b", 7002, "{}");
        try (Station station = new Station();
                Listening page = new Listening(station.server, "")) {
            assertThat(page.next("HTTP/")).startsWith("HTTP/1.1 200");
            assertThat(page.next("Content-Type").toLowerCase(Locale.ROOT)).contains("text/event-stream");
            assertThat(page.data("nodes")).contains("\"name\":\"a\"", "\"name\":\"b\"", "\"all\":true");

            long start = System.nanoTime();
            int pushes = 0;
            for (int i = 0; i < 50; i++) {
                changes(a);
                changes(b);
                LockSupport.parkNanos(20_000_000);
            }
            happens("the end");
            for (String line = page.next("event: "); !line.endsWith("log"); line = page.next("event: ")) {
                pushes++;
            }
            long halves = (System.nanoTime() - start) / 500_000_000;
            assertThat(pushes).isBetween(1, (int) halves + 1);
        }
    }

    @Test
    void a_node_that_has_gone_is_told_at_once() throws Exception {
        Member a = fleet.add("a", 7001, "{}");
        try (Station station = new Station();
                Listening page = new Listening(station.server, "")) {
            page.data("nodes");
            changes(new Member(a.id(), "a", a.home(), Member.State.GONE, a.since(), a.seen(), a.status()));
            assertThat(page.data("gone")).isEqualTo("data: {\"node\":\"127.0.0.1:7001\"}");
        }
    }

    @Test
    void a_page_that_comes_again_is_told_what_it_missed_also_after_a_restart_of_the_observer() throws Exception {
        String seen;
        try (Station station = new Station();
                Listening page = new Listening(station.server, "")) {
            page.data("nodes");
            happens("first");
            seen = page.next("id: ");
            assertThat(page.next("data: ")).contains("\"sentence\":\"first\"");
            happens("missed");
        }
        try (Station station = new Station()) {
            happens("after the restart");
            try (Listening page = new Listening(station.server, "Last-Event-ID: " + seen.substring(4) + "\r\n")) {
                List<String> lines = new ArrayList<>();
                for (int i = 0; i < 2; i++) {
                    lines.add(page.data("log"));
                }
                happens("live");
                lines.add(page.data("log"));
                assertThat(lines.get(0)).contains("\"number\":2", "\"sentence\":\"missed\"");
                assertThat(lines.get(1)).contains("\"number\":3", "\"sentence\":\"after the restart\"");
                assertThat(lines.get(2)).contains("\"number\":4", "\"sentence\":\"live\"");
            }
        }
    }

    @Test
    void a_number_that_the_log_never_gave_misses_nothing() throws Exception {
        try (Station station = new Station();
                Listening page = new Listening(station.server, "Last-Event-ID: 999999\r\n")) {
            page.data("nodes");
            happens("seen");
            assertThat(page.data("log")).contains("seen");
        }
    }

    @Test
    void what_is_no_number_is_refused() throws Exception {
        try (Station station = new Station()) {
            assertThat(station.server.get("/api/events", "Last-Event-ID", "x").statusCode())
                    .isEqualTo(400);
        }
    }

    @Test
    void sixty_four_pages_may_listen_and_who_leaves_makes_room() throws Exception {
        try (Station station = new Station()) {
            for (int i = 0; i < 70; i++) {
                station.server.raw("HEAD /api/events HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
            }
            List<Listening> pages = new ArrayList<>();
            for (int i = 0; i < 64; i++) {
                Listening page = new Listening(station.server, "");
                pages.add(page);
                page.data("nodes");
            }
            assertThat(station.server.get("/api/events").statusCode()).isEqualTo(503);
            pages.removeFirst().close();
            await(station.server, "overlay_pages_listening 63.0", () -> happens("tick"));
            try (Listening page = new Listening(station.server, "")) {
                page.data("nodes");
            }
            for (Listening page : pages) {
                page.close();
            }
        }
    }

    @Test
    void a_page_that_does_not_read_is_cut_off_and_others_go_on() throws Exception {
        try (History history = new History(data, Retention.USUAL, Clock.systemUTC());
                Web web = new Web(
                        fleet, history, EventsTest.class.getClassLoader(), new Asked.Limits(1000, 1000, WRITE_MS));
                Server server = new Server(web.servlet());
                Listening slow = new Listening(server, "");
                Listening quick = new Listening(server, "")) {
            slow.data("nodes");
            quick.data("nodes");
            JsonObject much = new JsonObject();
            much.addProperty("text", "x".repeat(20_000));
            // More than sockets and the bounded queue hold together; the one that reads gets all of it.
            for (int i = 0; i < 1500; i++) {
                web.push("rollout", much);
                quick.data("rollout");
            }
            await(server, "overlay_pages_listening 1.0", () -> web.push("rollout", new JsonObject()));
        }
    }

    /** Pushing finds out who is gone. */
    private static void await(Server server, String metric, Runnable push) throws Exception {
        long deadline = System.nanoTime() + 20_000_000_000L;
        while (!server.get("/metrics").body().contains(metric)) {
            assertThat(System.nanoTime()).as(metric).isLessThan(deadline);
            push.run();
            LockSupport.parkNanos(20_000_000);
        }
    }
}

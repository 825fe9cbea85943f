package ioverlay.observer.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import ioverlay.api.NodeId;
import ioverlay.observer.fleet.Happening;
import ioverlay.observer.fleet.Member;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.function.LongSupplier;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the observer remembers, over restarts and beyond what it may keep. */
class HistoryTest {
    private static final Instant NOON = Instant.parse("2026-11-23T12:00:00Z");

    @TempDir
    private Path data;

    private History open(Retention retention) {
        return open(retention, Clock.fixed(NOON, ZoneOffset.UTC), () -> 0);
    }

    private History open(Retention retention, InstantSource clock, LongSupplier nanos) {
        return new History(new Database(data.resolve("history")), retention, clock, nanos);
    }

    private History open() {
        return open(Retention.USUAL);
    }

    static Happening happening(String kind, String sentence) {
        return new Happening(NOON, kind, "127.0.0.1:7001", "a", "rest 127.0.0.1", sentence, new JsonObject());
    }

    private static Member member(int port, Instant seen, double rate) {
        return new Member(
                NodeId.parse("127.0.0.1:" + port),
                "n" + port,
                "home",
                Member.State.LIVE,
                NOON,
                seen,
                JsonParser.parseString("""
                        {"rates":{"inBytesPerSecond":%s,"outBytesPerSecond":5,"inMessagesPerSecond":1,"outMessagesPerSecond":2},
                         "slots":[{"failed":3}],
                         "upstreams":[{"peer":"127.0.0.1:9000","bytesPerSecond":7,"queuedBytes":10,"roundTripMicros":-1}],
                         "downstreams":[{"peer":"127.0.0.1:9001","bytesPerSecond":8,"queuedBytes":20,"roundTripMicros":300}]}
                        """.formatted(rate)).getAsJsonObject());
    }

    @Test
    void documents_outlive_a_restart_in_the_order_in_which_they_came() {
        try (History history = open()) {
            history.documents()
                    .put("rollout", "2", JsonParser.parseString("{\"n\":1}").getAsJsonObject());
            history.documents().put("rollout", "1", new JsonObject());
            history.documents()
                    .put("rollout", "2", JsonParser.parseString("{\"n\":2}").getAsJsonObject());
            history.documents().put("other", "2", new JsonObject());
            history.documents().put("rollout", "3", new JsonObject());
            history.documents().remove("rollout", "3");
        }
        try (History history = open()) {
            assertThat(history.documents().list("rollout").toString()).isEqualTo("[{\"n\":2}, {}]");
            assertThat(history.documents()
                            .get("rollout", "2")
                            .orElseThrow()
                            .get("n")
                            .getAsInt())
                    .isEqualTo(2);
            assertThat(history.documents().get("rollout", "3")).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"n\":", "[1]", "", "7"})
    void a_document_that_is_broken_says_nothing_and_the_others_are_there(String broken) throws Exception {
        try (History history = open()) {
            for (String id : List.of("1", "2", "3")) {
                history.documents()
                        .put(
                                "rollout",
                                id,
                                JsonParser.parseString("{\"n\":" + id + "}").getAsJsonObject());
            }
        }
        try (var connection = DriverManager.getConnection("jdbc:h2:" + data.resolve("history"), "sa", "");
                Statement statement = connection.createStatement()) {
            statement.execute("UPDATE document SET text = '" + broken + "' WHERE id = '2'");
        }
        try (History history = open()) {
            assertThat(history.documents().list("rollout").toString()).isEqualTo("[{\"n\":1}, {}, {\"n\":3}]");
            assertThat(history.documents().get("rollout", "2")).contains(new JsonObject());
            history.documents()
                    .put("rollout", "2", JsonParser.parseString("{\"n\":4}").getAsJsonObject());
            assertThat(history.documents().list("rollout").toString()).contains("{\"n\":4}");
        }
    }

    @Test
    void a_document_whose_name_is_too_long_is_refused() {
        try (History history = open()) {
            assertThatThrownBy(() -> history.documents().put("x".repeat(201), "1", new JsonObject()))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("kind and id of a document have 1 to 200 characters, not 201");
        }
    }

    @Test
    void numbers_of_the_log_go_on_after_a_restart_without_a_gap() {
        try (History history = open()) {
            assertThat(history.add(happening("a", "first")).number()).isEqualTo(1);
            assertThat(history.add(happening("a", "second")).number()).isEqualTo(2);
        }
        try (History history = open()) {
            assertThat(history.past().latest()).isEqualTo(2);
            assertThat(history.add(happening("a", "third")).number()).isEqualTo(3);
            assertThat(history.past().after(1, 10))
                    .extracting(line -> line.number() + " " + line.happening().sentence())
                    .containsExactly("2 second", "3 third");
        }
    }

    @Test
    void the_log_is_filtered_by_kind_node_and_text() {
        try (History history = open()) {
            history.add(happening("node.joined", "100% of a"));
            history.add(happening("nodes", "no kind of node"));
            history.add(happening("trace", "Say = something"));

            assertThat(find(history, "node", "", "")).containsExactly(1L);
            assertThat(find(history, "", "a", "")).containsExactly(3L, 2L, 1L);
            assertThat(find(history, "", "127.0.0.1:7001", "")).hasSize(3);
            assertThat(find(history, "", "b", "")).isEmpty();
            assertThat(find(history, "", "", "sAY =")).containsExactly(3L);
            assertThat(find(history, "", "", "0%")).containsExactly(1L);
            assertThat(find(history, "", "", "' OR 1=1 --")).isEmpty();
        }
    }

    private static List<Long> find(History history, String kind, String node, String text) {
        return history.past().find(new LogFilter(kind, node, text, 0, Long.MAX_VALUE, 100)).stream()
                .map(LogLine::number)
                .toList();
    }

    @Test
    void samples_come_back_as_they_were_and_on_average_over_a_step() {
        try (History history = open()) {
            for (int second = 0; second < 20; second++) {
                history.sample(member(7001, NOON.minusSeconds(20 - second), second));
            }
            Course fine = history.course("127.0.0.1:7001", NOON.minusSeconds(60), NOON, 0);
            Course coarse = history.course("127.0.0.1:7001", NOON.minusSeconds(60), NOON, 10);

            assertThat(fine.step()).isZero();
            assertThat(fine.samples()).hasSize(20);
            assertThat(fine.samples().getFirst()).isEqualTo(new Sample(NOON.minusSeconds(20), 0, 5, 1, 2, 30, 3));
            assertThat(fine.links())
                    .hasSize(40)
                    .contains(
                            new LinkSample(NOON.minusSeconds(1), "127.0.0.1:9001", true, 8, 20, 300),
                            new LinkSample(NOON.minusSeconds(1), "127.0.0.1:9000", false, 7, 10, -1));
            assertThat(coarse.samples()).extracting(Sample::inBytesPerSecond).containsExactly(4.5, 14.5);
            assertThat(coarse.links()).hasSize(4);
            assertThat(history.course("127.0.0.1:7002", NOON.minusSeconds(60), NOON, 0)
                            .samples())
                    .isEmpty();
        }
    }

    @Test
    void what_would_be_too_many_samples_comes_in_wider_steps() {
        try (History history = open()) {
            for (int second = 0; second < 6000; second++) {
                history.sample(member(7001, NOON.minusSeconds(6000 - second), second));
            }
            Course course = history.course("127.0.0.1:7001", NOON.minusSeconds(6000), NOON, 0);

            assertThat(course.step()).isEqualTo(3);
            assertThat(course.samples()).hasSizeBetween(2000, 2001);
            assertThat(course.links()).hasSizeBetween(4000, 4002);
        }
    }

    @Test
    void of_many_nodes_each_is_sampled_less_often() {
        try (History history = open()) {
            for (int second = 0; second < 40; second += 2) {
                for (int node = 0; node < 200; node++) {
                    history.sample(member(7001 + node, NOON.minusSeconds(40 - second), second));
                }
            }
            assertThat(history.course("127.0.0.1:7200", NOON.minusSeconds(60), NOON, 0)
                            .samples())
                    .hasSize(2);
        }
    }

    @Test
    void what_is_too_old_goes() {
        try (History history = open(Retention.hours(1))) {
            history.sample(member(7001, NOON.minus(Duration.ofMinutes(61)), 1));
            history.sample(member(7001, NOON.minus(Duration.ofMinutes(59)), 2));
            history.tidy();

            Course course = history.course("127.0.0.1:7001", NOON.minusSeconds(7200), NOON, 0);
            assertThat(course.samples()).extracting(Sample::inBytesPerSecond).containsExactly(2.0);
            assertThat(course.links()).hasSize(2);
        }
    }

    @Test
    void what_is_too_much_goes_with_the_oldest_first_and_traces_before_the_rest() {
        try (History history = open(new Retention(Duration.ofHours(1), 100, 100, 30))) {
            for (int i = 0; i < 300; i++) {
                history.sample(member(7001, NOON.minusSeconds(3000 - 10 * i), i));
            }
            LongStream.range(0, 20).forEach(i -> history.add(happening("swap", "one")));
            LongStream.range(0, 50).forEach(i -> history.add(happening("trace", "two")));

            history.tidy();

            Course course = history.course("127.0.0.1:7001", NOON.minusSeconds(7200), NOON, 0);
            assertThat(course.samples()).hasSizeBetween(80, 100);
            assertThat(course.samples().getLast().inBytesPerSecond()).isEqualTo(299);
            assertThat(find(history, "swap", "", "")).hasSize(20);
            assertThat(find(history, "trace", "", "")).hasSize(10).startsWith(70L);
        }
    }

    @Test
    void a_database_of_a_newer_schema_is_refused_and_left_alone() throws Exception {
        open().close();
        try (var connection = DriverManager.getConnection("jdbc:h2:file:" + data.resolve("history"), "sa", "");
                Statement statement = connection.createStatement()) {
            statement.execute("INSERT INTO schema_step VALUES (1000)");
        }
        assertThatThrownBy(this::open)
                .isInstanceOf(HistoryException.class)
                .hasMessageContaining("was written by a newer iOverlay: its schema is 1000");
    }

    @Test
    void a_broken_file_is_put_aside_and_a_new_history_begins() throws IOException {
        Files.writeString(data.resolve("history.mv.db"), "this is no database".repeat(1000));
        try (History history = open()) {
            assertThat(history.past().latest()).isZero();
        }
        try (var files = Files.list(data)) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .anyMatch(name -> name.matches("history-broken-[0-9]+\\.mv\\.db"));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 4096, 5000, 12_000})
    void a_file_that_a_kill_left_at_its_birth_keeps_nobody_from_beginning(int bytes) throws IOException {
        open().close();
        Path file = data.resolve("history.mv.db");
        Files.write(file, Arrays.copyOf(Files.readAllBytes(file), bytes));

        try (History history = open()) {
            assertThat(history.past().latest()).isZero();
        }
    }

    @Test
    void two_observers_cannot_have_one_history() {
        try (History history = open()) {
            history.flush();
            assertThatThrownBy(this::open)
                    .isInstanceOf(HistoryException.class)
                    .hasMessageContaining("is open already, in this process");
        }
    }
}

package ioverlay.observer.history;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import ioverlay.api.NodeId;
import ioverlay.observer.fleet.Happening;
import ioverlay.observer.fleet.Member;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What goes and what stays as time passes, by a clock that is not always right. */
class RetentionTest {
    private static final Instant NOON = Instant.parse("2026-11-23T12:00:00Z");

    /** Ten times as much as is seen. */
    private static final long MOST_BYTES_AFTER_RESTARTS = 500_000;

    @TempDir
    private Path data;

    private Instant wall = NOON;
    private Duration passed = Duration.ZERO;

    private History open(Retention retention) {
        InstantSource clock = () -> wall;
        return new History(new Database(data.resolve("history")), retention, clock, () -> passed.toNanos());
    }

    private void pass(Duration time) {
        wall = wall.plus(time);
        passed = passed.plus(time);
    }

    private static Member member(String node, Instant seen, double rate, String peer) {
        return new Member(
                NodeId.parse(node),
                "n",
                "home",
                Member.State.LIVE,
                NOON,
                seen,
                JsonParser.parseString("""
                        {"rates":{"inBytesPerSecond":%s},"downstreams":[{"peer":"%s","bytesPerSecond":8}]}
                        """.formatted(rate, peer)).getAsJsonObject());
    }

    private static void line(History history, String kind, Instant time) {
        history.add(new Happening(time, kind, "", "", "", "a line", new JsonObject()));
    }

    private static LongStream numbers(History history) {
        return history.past().after(0, 100).stream().mapToLong(LogLine::number);
    }

    /** A sample a minute, the rate counts. */
    private void sample(History history, int from, int to) {
        for (int minute = from; minute < to; minute++) {
            pass(Duration.ofMinutes(1));
            history.sample(member("127.0.0.1:7001", wall, minute, "127.0.0.1:7002"));
        }
    }

    private double[] rates(History history) {
        return history.course("127.0.0.1:7001", wall.minusSeconds(7200), wall, 0).samples().stream()
                .mapToDouble(Sample::inBytesPerSecond)
                .toArray();
    }

    @Test
    void many_quick_restarts_do_not_make_the_file_grow() throws Exception {
        long[] bytes = new long[20];
        for (int restart = 0; restart < bytes.length; restart++) {
            try (History history = open(Retention.USUAL)) {
                sample(history, 0, 3);
                line(history, "x", wall);
                history.documents().put("rollout", "1", new JsonObject());
            }
            bytes[restart] = Files.size(data.resolve("history.mv.db"));
        }
        assertThat(Arrays.stream(bytes).max().getAsLong())
                .as(() -> Arrays.toString(bytes))
                .isLessThan(MOST_BYTES_AFTER_RESTARTS);
    }

    @Test
    void after_the_clock_was_set_back_an_hour_samples_stay_in_order_and_none_is_missing_or_twice() {
        try (History history = open(Retention.USUAL)) {
            sample(history, 0, 90);
            wall = wall.minusSeconds(3600);
            sample(history, 90, 100);

            Course course = history.course("127.0.0.1:7001", wall.minusSeconds(1200), wall, 0);
            assertThat(course.samples())
                    .as("the page's last twenty minutes")
                    .extracting(Sample::inBytesPerSecond)
                    .containsExactlyElementsOf(LongStream.range(79, 100)
                            .mapToObj(rate -> (double) rate)
                            .toList());
            assertThat(course.samples()).extracting(Sample::time).isSorted();
            assertThat(course.samples().getLast().time()).isEqualTo(wall);
            assertThat(course.links()).hasSize(21);
            assertThat(rates(history))
                    .containsExactly(LongStream.range(0, 100).asDoubleStream().toArray());
        }
        // Also not when it is started anew before the clock is where it was.
        try (History history = open(Retention.USUAL)) {
            sample(history, 100, 110);
            assertThat(rates(history))
                    .containsExactly(LongStream.range(0, 110).asDoubleStream().toArray());
            wall = wall.plusSeconds(3600);
            sample(history, 110, 111);
            assertThat(rates(history)).as("set right again").hasSize(111).isSorted();
        }
    }

    @Test
    void lines_go_in_the_order_of_their_numbers_whatever_their_clocks_said() {
        try (History history = open(Retention.hours(1))) {
            line(history, "a", NOON.plus(Duration.ofDays(400))); // of a container whose clock is wrong
            line(history, "b", NOON.minus(Duration.ofDays(400)));
            history.tidy();
            assertThat(numbers(history)).containsExactly(1L, 2L);

            pass(Duration.ofMinutes(40));
            line(history, "c", wall);
            wall = wall.minusSeconds(3600);
            line(history, "d", wall);
            history.tidy();
            pass(Duration.ofMinutes(30));
            history.tidy();
            assertThat(numbers(history))
                    .as("seventy minutes after the first two")
                    .containsExactly(3L, 4L);
        }
    }

    @Test
    void a_node_that_nobody_sees_any_more_is_forgotten_and_comes_back_as_a_new_one() throws Exception {
        Database database = new Database(data.resolve("history"));
        try (History history = new History(database, Retention.hours(1), () -> wall, () -> passed.toNanos())) {
            for (int round = 0; round < 6; round++) {
                for (int node = 0; node < 50; node++) {
                    history.sample(member("127.0.1." + round + ":" + (7000 + node), wall, 1, "127.0.0.1:7001"));
                }
                pass(Duration.ofHours(1));
                history.tidy();
            }
            int kept = database.read(NodeNames::all).size();
            assertThat(kept).as("of 300 nodes and their peer").isLessThanOrEqualTo(201);

            history.sample(member("127.0.1.0:7000", wall, 5, "127.0.1.0:7001"));
            Course course = history.course("127.0.1.0:7000", wall.minusSeconds(7200), wall, 0);
            assertThat(course.samples()).hasSize(1);
            assertThat(course.links()).extracting(LinkSample::peer).containsExactly("127.0.1.0:7001");
        }
    }

    @Test
    void the_file_does_not_grow_with_nodes_and_lines_that_come_and_go() throws Exception {
        long[] sizes = new long[24];
        Database database = new Database(data.resolve("history"));
        try (History history = new History(database, Retention.hours(1), () -> wall, () -> passed.toNanos())) {
            // Else H2 uses room again only 45 s after it became free, and rounds are faster than that.
            database.writeNow(
                    0,
                    Task.irrevocable(connection -> connection.createStatement().executeUpdate("SET RETENTION_TIME 0")));
            for (int round = 0; round < sizes.length; round++) {
                for (int i = 0; i < 150; i++) {
                    String node = "127." + round + "." + i / 100 + "." + i % 100 + ":7001";
                    history.sample(member(node, wall, i, node));
                    line(history, "x".repeat(60), wall);
                    line(history, "y", wall);
                }
                pass(Duration.ofMinutes(61));
                history.tidy();
                sizes[round] = Files.size(data.resolve("history.mv.db"));
            }
        }
        long early = Arrays.stream(sizes, 4, 12).max().orElseThrow();
        long late = Arrays.stream(sizes, 16, 24).max().orElseThrow();
        assertThat(late).as("sizes %s", Arrays.toString(sizes)).isLessThan(early * 3 / 2);
    }
}

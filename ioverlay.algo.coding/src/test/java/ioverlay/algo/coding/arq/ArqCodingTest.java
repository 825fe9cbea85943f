package ioverlay.algo.coding.arq;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ioverlay.api.Message;
import ioverlay.testkit.TestNode;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Messages that links lose come nevertheless, once and in order. */
class ArqCodingTest {
    private static final int MESSAGES = 600;
    private static final Map<String, String> CHAIN = Map.of("A", "B", "B", "C", "C", "D", "D", "");
    private static final Map<String, String> DIAMOND = Map.of("A", "BC", "B", "CD", "C", "BD", "D", "E", "E", "");
    private static final Duration LONG = Duration.ofSeconds(3);

    private static List<Long> numbers(long from, long to) {
        return LongStream.range(from, to).boxed().toList();
    }

    private static void assertNothingIsLeft(Mesh mesh, String... names) {
        for (String name : names) {
            assertThat(List.of(mesh.count(name, "kept"), mesh.count(name, "expired"), mesh.count(name, "skipped")))
                    .as(name + " keeps, gave up, skipped")
                    .containsExactly(0L, 0L, 0L);
            assertThat(mesh.node(name).held()).isEmpty();
        }
    }

    @ParameterizedTest
    @CsvSource({"1, 0", "2, 0.05", "3, 0.1", "4, 0.2", "5, 0.5"})
    void all_of_it_comes_in_order_over_a_chain_and_little_twice(long seed, double loss) {
        Mesh mesh = new Mesh(seed, CHAIN, "");
        mesh.lose(loss);
        mesh.produce(0, MESSAGES);
        mesh.settle(LONG.multipliedBy(3));

        for (String receiver : List.of("B", "C", "D")) {
            assertThat(mesh.delivered(receiver)).isEqualTo(numbers(0, MESSAGES));
            assertThat(mesh.count(receiver, "innovative")).isEqualTo(MESSAGES);
            assertThat(mesh.count(receiver, "received")).isBetween((long) MESSAGES, MESSAGES * 105L / 100);
        }
        assertNothingIsLeft(mesh, "A", "B", "C", "D");
        assertThat(mesh.count("A", "repairs")).isEqualTo(mesh.count("A", "packets") - MESSAGES);
        assertThat(mesh.count("A", "repairs") > 0).isEqualTo(loss > 0);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void circles_and_several_ways_deliver_each_message_once(long seed) {
        Mesh mesh = new Mesh(seed, DIAMOND, "");
        mesh.lose(0.1);
        mesh.produce(0, MESSAGES);
        mesh.settle(LONG);

        for (String receiver : List.of("B", "C", "D", "E")) {
            assertThat(mesh.delivered(receiver)).isEqualTo(numbers(0, MESSAGES));
        }
        assertNothingIsLeft(mesh, "A", "B", "C", "D", "E");
        assertThat(mesh.node("D").status().get("overhead").getAsDouble()).isBetween(1.5, 2.2);
    }

    @Test
    void the_last_message_is_sent_again_when_nothing_follows_it() {
        Mesh mesh = new Mesh(1, CHAIN, "");
        Set<Long> lost = new HashSet<>();
        mesh.lose(message -> message.sequence() == 9 && lost.add(9L));
        mesh.produce(0, 10);
        mesh.settle(Duration.ofMillis(400));
        assertThat(mesh.delivered("D")).isEqualTo(numbers(0, 9));

        mesh.settle(Duration.ofMillis(200));

        assertThat(mesh.delivered("D")).isEqualTo(numbers(0, 10));
    }

    @Test
    void the_first_message_comes_first_also_if_it_was_lost() {
        Mesh mesh = new Mesh(1, CHAIN, "");
        Set<Message> lost = new HashSet<>();
        mesh.lose(message -> message.sequence() == 0 && lost.isEmpty() && lost.add(message));
        mesh.produce(0, 50);
        mesh.settle(LONG);

        assertThat(mesh.delivered("D")).isEqualTo(numbers(0, 50));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void swaps_at_any_moment_lose_nothing(long seed) {
        Mesh mesh = new Mesh(seed, CHAIN, "");
        mesh.lose(0.2);
        for (int at = 0; at < MESSAGES; at += 50) {
            mesh.produce(at, at + 50);
            mesh.node(List.of("A", "B", "C", "D").get(at / 50 % 4)).swapTo(new ArqCoding(), "1.0.1");
        }
        mesh.settle(LONG.multipliedBy(2));

        for (String receiver : List.of("B", "C", "D")) {
            assertThat(mesh.delivered(receiver)).isEqualTo(numbers(0, MESSAGES));
        }
        assertNothingIsLeft(mesh, "A", "B", "C", "D");
    }

    @Test
    void who_never_answers_is_kept_for_as_long_as_the_setting_says() {
        TestNode node = TestNode.with(new ArqCoding())
                .self(Mesh.id("A"))
                .settings("{'next': ['" + Mesh.id("B") + "'], 'waitMillis': 2000}")
                .start();
        for (long number = 0; number < 10; number++) {
            node.receive(Mesh.message(number), Mesh.id("A"));
        }
        node.advance(Duration.ofMillis(1900));
        assertThat(node.status().get("kept").getAsInt()).isEqualTo(10);
        assertThat(node.status().get("repairs").getAsInt()).isBetween(10, 20);

        node.advance(Duration.ofMillis(200));

        assertThat(node.status().get("kept").getAsInt()).isZero();
        assertThat(node.status().get("expired").getAsInt()).isEqualTo(10);
        assertThat(node.held()).isEmpty();
        assertThat(node.timers()).isZero();
    }

    @Test
    void what_does_not_come_is_skipped_in_the_end() {
        Mesh mesh = new Mesh(1, CHAIN, ", 'waitMillis': 1000");
        mesh.lose(message -> message.sequence() == 5);
        mesh.produce(0, 20);
        mesh.settle(LONG);

        assertThat(mesh.delivered("B"))
                .isEqualTo(numbers(0, 20).stream().filter(at -> at != 5).toList());
        assertThat(mesh.count("B", "skipped")).isEqualTo(1);
        assertThat(mesh.count("A", "expired")).isEqualTo(1);
        assertThat(mesh.count("B", "kept")).isZero();
    }

    @Test
    void nothing_is_kept_for_a_node_that_is_dead() {
        Mesh mesh = new Mesh(1, CHAIN, "");
        mesh.lose(1);
        mesh.produce(0, 20);
        assertThat(mesh.count("A", "kept")).isEqualTo(20);

        mesh.node("A").nodeFailed(Mesh.id("B"), "it is gone");

        assertThat(mesh.count("A", "kept")).isZero();
    }

    @Test
    void a_source_that_has_ended_may_begin_again() {
        Mesh mesh = new Mesh(1, Map.of("A", "B", "B", ""), "");
        mesh.produce(0, 10);
        mesh.settle(LONG);
        mesh.node("A").sourceEnded(Mesh.id("A"), 0, "done");
        mesh.node("B").sourceEnded(Mesh.id("A"), 0, "done");
        mesh.produce(0, 10);
        mesh.settle(LONG);

        assertThat(mesh.delivered("B")).hasSize(20);
    }

    @Test
    void what_is_wrong_is_counted_with_the_link_that_brought_it() {
        Mesh mesh = new Mesh(1, CHAIN, "");
        mesh.produce(0, 10);
        TestNode node = mesh.node("B");
        ByteBuffer cut = ByteBuffer.allocate(11);
        node.receive(node.message(Receipt.TYPE, Mesh.id("C")).payload(cut).build());
        ByteBuffer right = Receipt.of(Mesh.id("A"), 3, 4, new TreeSet<>()).write();
        node.receive(node.message(Receipt.TYPE, Mesh.id("D")).payload(right).build());
        node.receive(Mesh.message(200_000), Mesh.id("A"));
        node.receive(Mesh.message(-1), Mesh.id("A"));

        assertThat(node.status().getAsJsonObject("faults").toString())
                .isEqualTo("{\"malformed from 127.0.0.1:7003\":1,\"unexpected from 127.0.0.1:7004\":1,"
                        + "\"far from 127.0.0.1:7001\":2}");
        assertThat(mesh.delivered("B")).isEqualTo(numbers(0, 10));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{'next': 1}|next names nodes in an array, not 1",
                "{'next': ['x']}|next names nodes as IPv4:port, for example 127.0.0.1:7000, not \"x\"",
                "{'next': ['127.0.0.1:7001']}|next does not name the node itself, not 127.0.0.1:7001",
                "{'next': ['127.0.0.1:7002', '127.0.0.1:7002']}|next names each node once, not 127.0.0.1:7002",
                "{'deliver': 1}|deliver is true or false, not 1",
                "{'retryMillis': 9}|retryMillis is 10 to 60000, not 9",
                "{'reportMillis': 'soon'}|reportMillis is 1 to 10000, not \"soon\"",
                "{'waitMillis': 600001}|waitMillis is 10 to 600000, not 600001",
                "{'role': 'coder'}|the settings of coding.arq are next, deliver, reportMillis, retryMillis, waitMillis, not role",
            })
    void wrong_settings_are_refused_with_the_rule_and_the_value(String settings, String sentence) {
        assertThatThrownBy(() -> TestNode.with(new ArqCoding())
                        .self(Mesh.id("A"))
                        .settings(settings.replace('\'', '"'))
                        .start())
                .hasStackTraceContaining(sentence);
    }
}

package ioverlay.algo.tree;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import ioverlay.api.Algorithm;
import ioverlay.api.Message;
import ioverlay.api.MessageType;
import ioverlay.api.NodeId;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Several that would be the source, strangers that say they are, and sources that die as soon as they are it. */
class RivalsTest {
    private static final NodeId STRANGER = NodeId.parse("127.0.0.1:6666");
    private static final Duration WHILE = Duration.ofSeconds(4);
    private static final Duration LOOK = Duration.ofMillis(5);

    static Stream<Supplier<Algorithm>> algorithms() {
        return Stream.of(UnicastTree::new, RandomTree::new, StressTree::new);
    }

    private static void source(Forest forest, String name) {
        JsonObject source = new JsonObject();
        source.addProperty("source", true);
        forest.tell(name, MessageType.JOIN, source);
    }

    private static void strange(Forest forest, String to, String json) {
        Message word = Message.builder(STRANGER, Word.ANNOUNCE)
                .application(Forest.APPLICATION)
                .payload(Word.write(JsonParser.parseString(json).getAsJsonObject()))
                .build();
        forest.node(to).receive(word, STRANGER);
    }

    private static void allKnowAll(Forest forest) {
        List<NodeId> all = forest.names().stream().map(forest::id).toList();
        for (String name : forest.names()) {
            NodeId self = forest.id(name);
            forest.node(name)
                    .receive(
                            Message.builder(self, MessageType.BOOT_REPLY)
                                    .application(Forest.APPLICATION)
                                    .payload(all)
                                    .build(),
                            self);
        }
    }

    private static int announcements(Forest forest) {
        int words = 0;
        for (String from : forest.names()) {
            for (String to : forest.names()) {
                words += forest.words(from, to, Word.ANNOUNCE);
            }
        }
        return words;
    }

    private static List<String> roots(Forest forest) {
        return forest.names().stream()
                .filter(name ->
                        forest.parent(name).isEmpty() && !forest.unrooted().contains(name))
                .toList();
    }

    private static void assertOneTreeBelow(Forest forest, String root) {
        assertThat(roots(forest)).containsExactly(root);
        assertThat(forest.loop()).isEmpty();
        assertThat(forest.unrooted()).isEmpty();
        assertThat(forest.edges()).hasSize(forest.names().size() - 1);
        for (String name : forest.names()) {
            assertThat(forest.node(name).status().get("source").getAsString())
                    .as(name)
                    .isEqualTo(forest.id(root).toString());
            forest.node(name).takeDelivered();
        }
        for (long sequence = 0; sequence < 3; sequence++) {
            forest.data(root, sequence);
            forest.run(LOOK);
        }
        forest.run(Duration.ofMillis(100));
        for (String name : forest.names()) {
            assertThat(forest.node(name).takeDelivered()).as(name).hasSize(name.equals(root) ? 0 : 3);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {4, 8, 20})
    void two_sources_at_once_are_announced_once_each(int receivers) {
        Forest forest = Forest.grown(StressTree::new, receivers, new Random(1));
        allKnowAll(forest);
        int before = announcements(forest);

        source(forest, "n1");
        source(forest, "n2");
        int nodes = receivers + 1;
        for (int i = 0; i < 60 && announcements(forest) - before <= 3 * nodes * nodes; i++) {
            forest.run(LOOK);
        }

        assertThat(announcements(forest) - before).isBetween(nodes, 2 * nodes * nodes + 8);
    }

    @Test
    void a_stranger_that_names_sources_without_end_is_not_passed_on_without_end() {
        Forest forest = Forest.grown(StressTree::new, 8, new Random(1));
        allKnowAll(forest);
        int before = announcements(forest);

        for (int i = 0; i < 300 && announcements(forest) - before <= 40_000; i++) {
            strange(forest, "n1", "{'source':'" + STRANGER + "','hops':16,'reign':" + i + ",'call':" + i + "}");
            strange(forest, "n2", "{'source':'127.0.0.1:" + (6_000 + i % 2) + "','hops':15}");
            forest.run(LOOK);
        }
        forest.run(WHILE);

        assertThat(announcements(forest) - before).isLessThan(9 * 12 * 32 * 4); // nodes, hosts, each a second, seconds
        assertOneTreeBelow(forest, "S");
    }

    @ParameterizedTest
    @MethodSource("algorithms")
    void of_two_that_are_told_to_be_the_source_at_once_the_one_with_the_greater_id_is_it(
            Supplier<Algorithm> algorithm) {
        for (int seed = 0; seed < 5; seed++) {
            Random random = new Random(seed);
            Forest forest = Forest.grown(algorithm, 14, random);
            List<String> two = List.of("n" + (1 + random.nextInt(7)), "n" + (8 + random.nextInt(7)));
            boolean isTurned = random.nextBoolean();

            source(forest, isTurned ? two.getLast() : two.getFirst());
            source(forest, isTurned ? two.getFirst() : two.getLast());
            for (int i = 0; i < 50; i++) {
                forest.run(LOOK);
                assertThat(forest.loop()).as("seed " + seed).isEmpty();
            }
            forest.run(WHILE);

            assertOneTreeBelow(
                    forest, two.stream().max(Comparator.comparing(forest::id)).orElseThrow());
        }
    }

    @Test
    void the_later_of_two_sources_is_it_whatever_its_id() {
        for (int seed = 0; seed < 5; seed++) {
            Forest forest = Forest.grown(StressTree::new, 14, new Random(seed));

            source(forest, "n14");
            forest.run(LOOK);
            forest.run(Duration.ofMillis(40));
            source(forest, "n3");
            forest.run(WHILE);

            assertOneTreeBelow(forest, "n3");
        }
    }

    @Test
    void a_stranger_that_says_it_took_the_place_of_the_root_dethrones_nobody() {
        Forest forest = Forest.grown(StressTree::new, 10, new Random(1));

        for (String reign : List.of("", ",'reign':7,'call':1", ",'reign':2147483647,'call':2")) {
            strange(
                    forest,
                    "S",
                    "{'source':'" + STRANGER + "','hops':1,'instead':'" + forest.id("S") + "'" + reign + "}");
            for (int i = 0; i < 400; i++) {
                forest.run(LOOK);
                assertThat(forest.unrooted()).isEmpty();
            }
        }

        assertOneTreeBelow(forest, "S");
    }

    @Test
    void only_the_source_itself_says_that_it_took_the_place_of_another() {
        Forest forest = Forest.grown(StressTree::new, 6, new Random(1));

        strange(forest, "S", "{'source':'" + forest.id("n3") + "','hops':1,'instead':'" + forest.id("S") + "'}");
        forest.run(WHILE);

        assertOneTreeBelow(forest, "S");
    }

    @ParameterizedTest
    @MethodSource("algorithms")
    void the_root_goes_on_if_its_successor_dies_at_once(Supplier<Algorithm> algorithm) {
        for (int millis : List.of(0, 5, 10, 20, 50, 100, 200, 400)) {
            Forest forest = Forest.grown(algorithm, 12, new Random(3 + millis));

            source(forest, "n12");
            forest.run(Duration.ofMillis(millis));
            forest.kill("n12");
            forest.run(WHILE.plus(WHILE));

            assertOneTreeBelow(forest, "S");
        }
    }

    @Test
    void a_successor_that_falls_silent_and_nobody_hears_of_it_leaves_no_tree_without_a_root() {
        Forest forest = Forest.grown(StressTree::new, 12, new Random(3));
        String between = forest.parent("n12").orElseThrow();
        NodeId dead = forest.fell(between); // so that nothing is turned round
        source(forest, "n12");
        forest.run(LOOK);
        NodeId next = forest.fell("n12");
        forest.run(Duration.ofMillis(500));
        forest.heard(dead);
        forest.heard(next);
        forest.run(WHILE);

        assertOneTreeBelow(forest, "S");
    }

    @Test
    void a_new_source_of_an_older_version_is_heard_and_followed() {
        Forest forest = Forest.grown(StressTree::new, 6, new Random(1));
        forest.plant("old", 100_000, ",'source':true");
        forest.run(LOOK);
        NodeId old = forest.id("old");
        JsonObject body = new JsonObject();
        body.addProperty("source", old.toString());
        body.addProperty("hops", 1);
        body.addProperty("instead", forest.id("S").toString());

        forest.node("S")
                .receive(
                        Message.builder(old, Word.ANNOUNCE)
                                .application(Forest.APPLICATION)
                                .payload(Word.write(body))
                                .build(),
                        old);
        forest.run(WHILE);

        assertThat(forest.parent("S")).isEqualTo(Optional.of("old"));
        assertOneTreeBelow(forest, "old");
    }

    @Test
    void an_announcement_of_an_older_version_goes_round_once_a_second() {
        Forest forest = Forest.grown(StressTree::new, 6, new Random(1));
        allKnowAll(forest);
        int before = announcements(forest);

        strange(forest, "n1", "{'source':'" + STRANGER + "','hops':16}");
        forest.run(Duration.ofMillis(100));
        int once = announcements(forest) - before;
        strange(forest, "n1", "{'source':'" + STRANGER + "','hops':16}");
        forest.run(Duration.ofMillis(100));
        assertThat(announcements(forest) - before).isEqualTo(once).isGreaterThanOrEqualTo(6);

        forest.run(Duration.ofSeconds(1));
        strange(forest, "n1", "{'source':'" + STRANGER + "','hops':16}");
        forest.run(Duration.ofMillis(100));
        assertThat(announcements(forest) - before).isEqualTo(2 * once);
    }
}

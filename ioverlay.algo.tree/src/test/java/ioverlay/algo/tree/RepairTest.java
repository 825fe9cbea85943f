package ioverlay.algo.tree;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import ioverlay.api.Algorithm;
import ioverlay.api.MessageType;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Leaving, failing parents, orphans with children, another source. */
class RepairTest {
    private static final Duration WHILE = Duration.ofSeconds(2);
    private static final Duration LOOK = Duration.ofMillis(20);

    static Stream<Supplier<Algorithm>> algorithms() {
        return Stream.of(UnicastTree::new, RandomTree::new, StressTree::new);
    }

    private static Forest grown(Supplier<Algorithm> algorithm, int receivers, Random random) {
        Forest forest = new Forest(algorithm);
        forest.plant("S", 100_000, ",'source':true");
        for (int i = 1; i <= receivers; i++) {
            forest.plant("n" + i, 50_000 + random.nextInt(150_000), "");
        }
        forest.measureAll();
        List<String> there = new ArrayList<>(List.of("S"));
        for (int i = 1; i <= receivers; i++) {
            forest.join("n" + i, some(there, random));
            forest.run(Duration.ofMillis(300));
            there.add("n" + i);
        }
        forest.run(WHILE);
        return forest;
    }

    private static String[] some(List<String> there, Random random) {
        List<String> shuffled = new ArrayList<>(there);
        Collections.shuffle(shuffled, random);
        return shuffled.subList(0, Math.min(4, shuffled.size())).toArray(String[]::new);
    }

    @ParameterizedTest
    @MethodSource("algorithms")
    void everybody_is_back_below_the_source_two_seconds_after_any_node_has_died(Supplier<Algorithm> algorithm) {
        Random random = new Random(5);
        Forest forest = grown(algorithm, 20, random);
        assertThat(forest.edges()).hasSize(20);

        List<String> receivers = new ArrayList<>(forest.names());
        receivers.remove("S");
        Collections.shuffle(receivers, random);
        for (String victim : receivers.subList(0, 6)) {
            forest.kill(victim);
            for (Duration gone = Duration.ZERO; gone.compareTo(WHILE) < 0; gone = gone.plus(LOOK)) {
                forest.run(LOOK);
                assertThat(forest.loop()).isEmpty();
            }
            assertThat(forest.edges())
                    .as("after " + victim)
                    .hasSize(forest.names().size() - 1);
            assertThat(unrooted(forest)).isEmpty();
        }
    }

    @Test
    void several_that_die_at_once_leave_no_circle_and_no_orphan() {
        for (int seed = 0; seed < 5; seed++) {
            Random random = new Random(seed);
            Forest forest = grown(StressTree::new, 30, random);
            List<String> receivers = new ArrayList<>(forest.names());
            receivers.remove("S");
            Collections.shuffle(receivers, random);
            receivers.subList(0, 8).forEach(forest::kill);
            for (Duration gone = Duration.ZERO; gone.compareTo(WHILE) < 0; gone = gone.plus(LOOK)) {
                forest.run(LOOK);
                assertThat(forest.loop()).isEmpty();
            }
            assertThat(forest.edges()).hasSize(22);
            assertThat(unrooted(forest)).isEmpty();
        }
    }

    @Test
    void who_leaves_is_missed_by_nobody() {
        Random random = new Random(9);
        Forest forest = grown(StressTree::new, 12, random);
        String inner = forest.names().stream()
                .filter(name -> !name.equals("S") && forest.degree(name) > 1)
                .findFirst()
                .orElseThrow();

        forest.tell(inner, MessageType.LEAVE);
        forest.run(WHILE);

        assertThat(forest.parent(inner)).isEmpty();
        assertThat(forest.degree(inner)).isZero();
        assertThat(forest.edges()).hasSize(11);
        assertThat(forest.node(inner).status().get("repairs").getAsInt()).isZero();
    }

    @Test
    void another_source_turns_the_way_round_and_loses_no_subtree() {
        Forest forest = grown(StressTree::new, 12, new Random(3));
        String next = forest.names().getLast();
        JsonObject source = new JsonObject();
        source.addProperty("source", true);

        forest.tell(next, MessageType.JOIN, source);
        forest.run(WHILE);

        assertThat(forest.parent(next)).isEmpty();
        assertThat(forest.edges()).hasSize(12).containsKey("S");
        assertThat(forest.loop()).isEmpty();
        forest.data(next, 1);
        forest.run(WHILE);
        for (String name : forest.names()) {
            assertThat(forest.node(name).delivered()).as(name).hasSize(name.equals(next) ? 0 : 1);
        }
    }

    @Test
    void a_place_in_the_tree_goes_over_to_the_next_version() {
        Forest forest = grown(StressTree::new, 6, new Random(1));
        forest.run(Duration.ofSeconds(10)); // a version that improves the tree has done so
        var before = forest.edges();

        for (String name : forest.names()) {
            forest.node(name).swapTo(new StressTree(), "1.0.1");
            forest.run(LOOK);
        }
        forest.run(WHILE);

        assertThat(forest.edges()).isEqualTo(before);
        assertThat(unrooted(forest)).isEmpty();
    }

    private static List<String> unrooted(Forest forest) {
        return forest.names().stream()
                .filter(name -> !forest.node(name).status().get("rooted").getAsBoolean())
                .toList();
    }
}

package ioverlay.algo.tree;

import static org.assertj.core.api.Assertions.assertThat;

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

    @ParameterizedTest
    @MethodSource("algorithms")
    void everybody_is_back_below_the_source_two_seconds_after_any_node_has_died(Supplier<Algorithm> algorithm) {
        Random random = new Random(5);
        Forest forest = Forest.grown(algorithm, 20, random);
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
            assertThat(forest.unrooted()).isEmpty();
        }
    }

    @Test
    void several_that_die_at_once_leave_no_circle_and_no_orphan() {
        for (int seed = 0; seed < 5; seed++) {
            Random random = new Random(seed);
            Forest forest = Forest.grown(StressTree::new, 30, random);
            List<String> receivers = new ArrayList<>(forest.names());
            receivers.remove("S");
            Collections.shuffle(receivers, random);
            receivers.subList(0, 8).forEach(forest::kill);
            for (Duration gone = Duration.ZERO; gone.compareTo(WHILE) < 0; gone = gone.plus(LOOK)) {
                forest.run(LOOK);
                assertThat(forest.loop()).isEmpty();
            }
            assertThat(forest.edges()).hasSize(22);
            assertThat(forest.unrooted()).isEmpty();
        }
    }

    @Test
    void who_leaves_is_missed_by_nobody() {
        Random random = new Random(9);
        Forest forest = Forest.grown(StressTree::new, 12, random);
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
    void a_place_in_the_tree_goes_over_to_the_next_version() {
        Forest forest = Forest.grown(StressTree::new, 6, new Random(1));
        forest.run(Duration.ofSeconds(10)); // a version that improves the tree has done so
        var before = forest.edges();

        for (String name : forest.names()) {
            forest.node(name).swapTo(new StressTree(), "1.0.1");
            forest.run(LOOK);
        }
        forest.run(WHILE);

        assertThat(forest.edges()).isEqualTo(before);
        assertThat(forest.unrooted()).isEmpty();
    }
}

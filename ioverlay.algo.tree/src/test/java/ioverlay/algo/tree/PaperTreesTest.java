package ioverlay.algo.tree;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ioverlay.api.Algorithm;
import java.time.Duration;
import java.util.Map;
import java.util.function.Supplier;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The five nodes of the paper's figure 5 and table 3. */
class PaperTreesTest {
    private static final Duration WHILE = Duration.ofSeconds(2);

    private static Forest five(Supplier<Algorithm> algorithm) {
        Forest forest = new Forest(algorithm);
        forest.plant("S", 200_000, ",'source':true");
        forest.plant("A", 500_000, "");
        forest.plant("B", 100_000, "");
        forest.plant("C", 200_000, "");
        forest.plant("D", 100_000, "");
        forest.measureAll();
        return forest;
    }

    private static void join(Forest forest, String name, String... contacts) {
        forest.join(name, contacts);
        forest.run(WHILE);
    }

    @Test
    void all_unicast_makes_everybody_a_child_of_the_source() {
        Forest forest = five(UnicastTree::new);
        join(forest, "D", "S");
        join(forest, "A", "D");
        join(forest, "C", "A");
        join(forest, "B", "C");

        assertThat(forest.edges()).isEqualTo(Map.of("A", "S", "B", "S", "C", "S", "D", "S"));
        assertThat(forest.degree("S")).isEqualTo(4);
        assertThat(forest.stress("S")).isCloseTo(2.0, within(1e-9));
    }

    @ParameterizedTest
    @ValueSource(strings = {"S", "D", "A", "C"})
    void the_stress_aware_tree_is_that_of_the_paper_whoever_is_asked_first(String first) {
        Forest forest = five(StressTree::new);
        join(forest, "D", "S");
        join(forest, "A", first.equals("D") ? "D" : "S");
        join(forest, "C", first.equals("C") ? "A" : first);
        join(forest, "B", first);

        assertThat(forest.edges()).isEqualTo(Map.of("D", "S", "A", "S", "C", "A", "B", "A"));
        Map<String, Double> stress = Map.of("S", 1.0, "A", 0.6, "B", 1.0, "C", 0.5, "D", 1.0);
        stress.forEach((name, expected) ->
                assertThat(forest.stress(name)).as(name).isCloseTo(expected, Percentage.withPercentage(5)));
        assertThat(forest.degree("A")).isEqualTo(3);
    }

    @Test
    void the_random_tree_is_a_tree_of_all() {
        Forest forest = five(RandomTree::new);
        join(forest, "D", "S");
        join(forest, "A", "S", "D");
        join(forest, "C", "S", "D", "A");
        join(forest, "B", "S", "D", "A", "C");

        assertThat(forest.edges()).containsOnlyKeys("A", "B", "C", "D");
        assertThat(forest.loop()).isEmpty();
    }

    @Test
    void data_reaches_every_receiver_once() {
        Forest forest = five(StressTree::new);
        join(forest, "D", "S");
        join(forest, "A", "S");
        join(forest, "C", "S");
        join(forest, "B", "S");

        for (int sequence = 0; sequence < 10; sequence++) {
            forest.data("S", sequence);
        }
        forest.run(WHILE);

        for (String name : new String[] {"A", "B", "C", "D"}) {
            assertThat(forest.node(name).delivered()).as(name).hasSize(10);
        }
        assertThat(forest.node("S").delivered()).isEmpty();
    }
}

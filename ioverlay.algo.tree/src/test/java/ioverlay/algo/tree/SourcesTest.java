package ioverlay.algo.tree;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import ioverlay.api.Algorithm;
import ioverlay.api.Message;
import ioverlay.api.MessageType;
import ioverlay.api.NodeId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Sources that begin again, that give way to another one and come back, and several sessions at the same nodes. */
class SourcesTest {
    private static final Duration WHILE = Duration.ofSeconds(2);
    private static final Duration LOOK = Duration.ofMillis(20);

    private static void source(Forest forest, String name) {
        JsonObject source = new JsonObject();
        source.addProperty("source", true);
        forest.tell(name, MessageType.JOIN, source);
    }

    private static void send(Forest forest, String source, int from, int to) {
        for (int sequence = from; sequence < to; sequence++) {
            forest.data(source, sequence);
            forest.run(LOOK);
        }
    }

    /** What each but the source got since it was last asked, by its number. */
    private static void assertAllGot(Forest forest, String source, Long... sequences) {
        for (String name : forest.names()) {
            List<Message> got = forest.node(name).takeDelivered();
            if (!name.equals(source)) {
                assertThat(got).as(name).extracting(Message::sequence).containsExactly(sequences);
            }
        }
    }

    private static void takeAll(Forest forest) {
        forest.names().forEach(name -> forest.node(name).takeDelivered());
    }

    private static String inner(Forest forest) {
        return forest.names().stream()
                .filter(name -> !name.equals("S") && forest.degree(name) > 1)
                .findFirst()
                .orElseThrow();
    }

    @Test
    void another_source_turns_the_way_round_and_loses_no_subtree() {
        Forest forest = Forest.grown(StressTree::new, 12, new Random(3));
        String next = forest.names().getLast();

        source(forest, next);
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
    void a_source_that_begins_again_is_heard_by_who_has_just_changed_its_parent() {
        Forest forest = Forest.grown(StressTree::new, 12, new Random(4));
        send(forest, "S", 0, 50);
        forest.kill(inner(forest));
        forest.run(Duration.ofMillis(500));
        takeAll(forest);

        send(forest, "S", 0, 3);
        forest.run(LOOK);

        assertAllGot(forest, "S", 0L, 1L, 2L);
    }

    @Test
    void a_source_that_gives_way_and_comes_back_is_heard_by_all() {
        Forest forest = Forest.grown(StressTree::new, 12, new Random(3));
        send(forest, "S", 0, 20);
        source(forest, "n12");
        forest.run(LOOK);
        takeAll(forest);

        send(forest, "n12", 0, 3);
        forest.run(LOOK);
        assertAllGot(forest, "n12", 0L, 1L, 2L);

        source(forest, "S");
        forest.run(LOOK);
        send(forest, "S", 0, 3);
        forest.run(LOOK);
        assertAllGot(forest, "S", 0L, 1L, 2L);

        source(forest, "n12");
        forest.run(LOOK);
        send(forest, "n12", 0, 3);
        forest.run(LOOK);
        assertAllGot(forest, "n12", 0L, 1L, 2L);
    }

    @Test
    void a_source_that_died_and_came_back_with_the_same_address_and_seed_is_heard() {
        Forest forest = Forest.grown(StressTree::new, 6, new Random(8));
        send(forest, "S", 0, 20);
        takeAll(forest);

        forest.replant("S", 100_000, ",'source':true");
        forest.run(WHILE.plus(WHILE));
        assertThat(forest.unrooted()).isEmpty();
        send(forest, "S", 0, 3);
        forest.run(LOOK);

        assertAllGot(forest, "S", 0L, 1L, 2L);
    }

    @Test
    void what_a_new_parent_brings_again_is_passed_on_once_also_when_it_is_far_behind() {
        Forest forest = Forest.grown(StressTree::new, 6, new Random(8));
        send(forest, "S", 0, 5);
        String child = forest.names().stream()
                .filter(name -> forest.parent(name).equals(Optional.of("S")))
                .findFirst()
                .orElseThrow();
        takeAll(forest);

        forest.run(Duration.ofSeconds(60));
        for (long sequence = 0; sequence < 7; sequence++) { // as if all of it came once more
            forest.node(child).receive(forest.message("S", sequence), forest.id("S"));
        }

        assertThat(forest.node(child).takeDelivered())
                .extracting(Message::sequence)
                .containsExactly(5L, 6L);
        assertThat(forest.node(child).status().get("repeated").getAsInt()).isEqualTo(5);
    }

    @Test
    void who_goes_over_to_another_version_still_hears_a_source_that_begins_again() {
        Forest forest = Forest.grown(StressTree::new, 12, new Random(4));
        send(forest, "S", 0, 50);
        for (String name : forest.names()) {
            forest.node(name).swapTo(new StressTree(), "1.0.1");
        }
        send(forest, "S", 50, 53);
        forest.kill(inner(forest));
        forest.run(Duration.ofMillis(500));
        takeAll(forest);

        send(forest, "S", 0, 3);
        forest.run(LOOK);

        assertAllGot(forest, "S", 0L, 1L, 2L);
    }

    @Test
    void a_node_that_was_turned_round_tells_its_new_parent_at_once_how_it_is() {
        Forest forest = Forest.grown(StressTree::new, 12, new Random(3));
        forest.run(Duration.ofSeconds(10));
        String next = forest.names().getLast();
        String above = forest.parent(next).orElseThrow();
        int before = forest.words(above, next, Word.STRESS);

        source(forest, next);
        forest.run(LOOK);

        assertThat(forest.words(above, next, Word.STRESS)).isGreaterThan(before);
        assertThat(forest.node(above).status().get("rooted").getAsBoolean()).isTrue();
    }

    @Test
    void the_old_source_joins_the_new_one_also_if_the_way_between_them_is_broken() {
        Forest forest = Forest.grown(StressTree::new, 12, new Random(3));
        String next = forest.names().getLast();
        String between = forest.parent(next).orElseThrow();
        assertThat(between).isNotEqualTo("S");

        NodeId dead = forest.fell(between); // and TURN is lost with it
        source(forest, next);
        forest.run(Duration.ofMillis(50));
        forest.heard(dead);
        forest.run(WHILE);
        takeAll(forest);
        send(forest, next, 0, 3);
        forest.run(LOOK);

        assertThat(forest.loop()).isEmpty();
        assertAllGot(forest, next, 0L, 1L, 2L);
    }

    @Test
    void sessions_at_the_same_nodes_do_not_disturb_each_other() {
        Forest stress = session(StressTree::new, 7, "S", ",'exchangeMillis':500");
        Forest unicast = session(UnicastTree::new, 8, "n1", ",'repairMillis':0");
        Forest random = session(RandomTree::new, 9, "n2", "");
        List<Forest> all = List.of(stress, unicast, random);
        List<String> sources = List.of("S", "n1", "n2");
        for (int i = 0; i < all.size(); i++) {
            send(all.get(i), sources.get(i), 0, 10);
        }

        all.forEach(forest -> forest.kill("n3"));
        stress.tell("n4", MessageType.LEAVE);
        source(unicast, "n5");
        random.tell("n6", MessageType.LEAVE);
        all.forEach(forest -> forest.run(WHILE));
        random.join("n6", "S", "n7");
        all.forEach(forest -> forest.run(WHILE));
        all.forEach(SourcesTest::takeAll);
        send(stress, "S", 10, 12);
        send(unicast, "n5", 0, 2);
        send(random, "n2", 0, 2);
        all.forEach(forest -> forest.run(LOOK));

        assertThat(stress.node("n4").takeDelivered()).isEmpty();
        stress.fell("n4");
        assertAllGot(stress, "S", 10L, 11L);
        assertAllGot(unicast, "n5", 0L, 1L);
        assertAllGot(random, "n2", 0L, 1L);
        all.forEach(forest -> assertThat(forest.loop()).isEmpty());
    }

    private static Forest session(Supplier<Algorithm> algorithm, int application, String source, String settings) {
        Forest forest = new Forest(algorithm, application);
        List<String> names = List.of("S", "n1", "n2", "n3", "n4", "n5", "n6", "n7", "n8");
        for (String name : names) {
            forest.plant(name, 100_000, settings + (name.equals(source) ? ",'source':true" : ""));
        }
        forest.measureAll();
        for (String name : names) {
            if (!name.equals(source)) {
                forest.join(name, source);
                forest.run(Duration.ofMillis(300));
            }
        }
        return forest;
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5})
    void whatever_dies_while_the_source_changes_leaves_no_circle_and_all_get_what_the_new_one_sends(int seed) {
        Random random = new Random(seed);
        Forest forest = Forest.grown(StressTree::new, 20, random);
        List<String> receivers = new ArrayList<>(forest.names());
        receivers.remove("S");
        Collections.shuffle(receivers, random);
        String next = receivers.removeFirst();
        receivers.subList(0, 3).forEach(forest::kill);
        forest.run(Duration.ofMillis(random.nextInt(100)));

        source(forest, next);
        forest.run(Duration.ofMillis(random.nextInt(30)));
        receivers.subList(3, 5).forEach(forest::kill);
        for (Duration gone = Duration.ZERO; gone.compareTo(WHILE) < 0; gone = gone.plus(LOOK)) {
            forest.run(LOOK);
            assertThat(forest.loop()).isEmpty();
        }
        takeAll(forest);
        send(forest, next, 0, 3);
        forest.run(LOOK);

        assertThat(forest.unrooted()).isEmpty();
        assertAllGot(forest, next, 0L, 1L, 2L);
    }
}

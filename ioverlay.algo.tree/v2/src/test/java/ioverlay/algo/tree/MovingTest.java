package ioverlay.algo.tree;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import ioverlay.api.Message;
import ioverlay.api.MessageType;
import ioverlay.api.NodeId;
import ioverlay.testkit.Direction;
import ioverlay.testkit.TestNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** A node moves to a clearly better parent, and nothing is lost, repeated or reordered on the way. */
class MovingTest {
    private static final Duration LOOK = Duration.ofMillis(20);
    private static final NodeId FORMER = NodeId.parse("127.0.0.1:6001");
    private static final NodeId NEXT = NodeId.parse("127.0.0.1:6002");

    private static Forest five() {
        Forest forest = new Forest(StressTree::new);
        forest.plant("S", 200_000, ",'source':true");
        forest.plant("A", 500_000, "");
        forest.plant("B", 150_000, "");
        forest.plant("C", 200_000, "");
        forest.plant("D", 150_000, "");
        forest.measureAll();
        return forest;
    }

    @Test
    void d_becomes_a_child_of_a_as_the_paper_suggests_and_no_message_is_missing() {
        Forest forest = five();
        long sent = 0;
        for (String name : List.of("D", "A", "C", "B")) {
            forest.join(name, "S");
            for (int i = 0; i < 20; i++) {
                forest.run(LOOK);
                forest.data("S", ++sent);
            }
        }
        for (int i = 0; i < 300; i++) {
            forest.run(LOOK);
            forest.data("S", ++sent);
        }
        forest.run(Duration.ofSeconds(1));

        assertThat(forest.edges()).isEqualTo(Map.of("A", "S", "B", "A", "C", "A", "D", "A"));
        for (String name : List.of("A", "B", "C", "D")) {
            List<Long> got = forest.node(name).delivered().stream()
                    .map(Message::sequence)
                    .toList();
            assertThat(got)
                    .as(name)
                    .isEqualTo(
                            LongStream.rangeClosed(got.getFirst(), sent).boxed().toList());
        }
        assertThat(forest.node("D").status().get("skipped").getAsLong()).isZero();
        assertThat(forest.node("D").status().get("moves").getAsLong()).isEqualTo(1);
    }

    @Test
    void a_former_parent_that_says_how_it_is_still_brings_what_is_missing() {
        TestNode node = crossing();
        era(node, NEXT, 11);

        Forest.data(node, NEXT, 4);
        node.receive(word(FORMER, Word.STRESS, report(3, 100_000, new Vitals(NEXT, 1, 500_000))), FORMER);
        Forest.data(node, FORMER, 2);
        assertThat(node.sent()).extracting(sent -> sent.message().type()).doesNotContain(Word.DETACH);
        Forest.data(node, FORMER, 3);

        assertThat(node.sent().getLast().to()).isEqualTo(FORMER);
        assertThat(node.sent().getLast().message().type()).isEqualTo(Word.DETACH);
        assertThat(node.delivered()).extracting(Message::sequence).containsExactly(1L, 2L, 3L, 4L);
    }

    @Test
    void what_is_held_when_the_source_begins_again_goes_on_before_what_is_new() {
        TestNode node = crossing();
        era(node, NEXT, 11);
        Forest.data(node, NEXT, 4);
        assertThat(node.held()).hasSize(1);

        era(node, NEXT, 12);
        Forest.data(node, NEXT, 0);
        Forest.data(node, NEXT, 1);

        assertThat(node.delivered()).extracting(Message::sequence).containsExactly(1L, 4L, 0L, 1L);
        assertThat(node.status().get("skipped").getAsInt()).isEqualTo(2);
    }

    @Test
    void a_former_parent_behind_in_an_era_that_is_over_brings_nothing_twice() {
        TestNode node = crossing();
        era(node, NEXT, 12);
        Forest.data(node, NEXT, 0); // nothing of that era can be missing
        Forest.data(node, FORMER, 1);
        Forest.data(node, NEXT, 1);

        assertThat(node.delivered()).extracting(Message::sequence).containsExactly(1L, 0L, 1L);
    }

    /** Has a new parent, and has got message 1 of era 11 from the old one. */
    private static TestNode crossing() {
        Forest forest = new Forest(StressTree::new);
        TestNode node = forest.plant("C", 200_000, ",'join':true,'hosts':['" + FORMER + "']");
        node.advance(Duration.ofMillis(10));
        answer(node, FORMER);
        era(node, FORMER, 11);
        Forest.data(node, FORMER, 1);
        node.receive(word(FORMER, Word.STRESS, report(2, 100_000, new Vitals(NEXT, 1, 500_000))), FORMER);
        for (int i = 0;
                i < 50 && node.sent().stream().noneMatch(sent -> sent.to().equals(NEXT));
                i++) {
            node.advance(LOOK);
        }
        answer(node, NEXT);
        node.takeSent();
        return node;
    }

    private static void era(TestNode node, NodeId from, long era) {
        node.receive(
                Message.builder(from, Word.ERA)
                        .application(Forest.APPLICATION)
                        .sequence(era)
                        .build(),
                from);
    }

    @Test
    void who_wants_to_move_takes_nobody_who_moves_so_that_two_do_not_become_each_others_parent() {
        TestNode node = moving();

        node.receive(word(NEXT, Word.QUERY, new Query(NEXT, 7, 0, false, 1e9).toJson()), NEXT);

        assertThat(node.sent())
                .extracting(sent -> sent.message().type())
                .contains(Word.REFUSAL)
                .doesNotContain(Word.QUERY_ACK);
    }

    @Test
    void a_node_whose_new_parent_dies_goes_back_to_the_old_one_and_stays_there() {
        TestNode node = moving();
        answer(node, NEXT);
        node.linkFailed(NEXT, Direction.UPSTREAM, 0, "gone");
        node.nodeFailed(NEXT, "gone");
        node.advance(LOOK);
        answer(node, FORMER);
        node.takeSent();

        node.advance(Duration.ofSeconds(3));

        assertThat(node.status().get("parent").getAsString()).isEqualTo(FORMER.toString());
        assertThat(node.sent()).extracting(sent -> sent.message().type()).doesNotContain(Word.DETACH);
    }

    /** Has asked the next one whether it would be a better parent than its own. */
    private static TestNode moving() {
        Forest forest = new Forest(StressTree::new);
        TestNode node = forest.plant("C", 200_000, ",'hosts':['" + FORMER + "']");
        forest.measureAll();
        forest.tell("C", MessageType.JOIN);
        answer(node, FORMER);
        node.receive(word(FORMER, Word.STRESS, report(2, 100_000, new Vitals(NEXT, 1, 500_000))), FORMER);
        for (int i = 0;
                i < 50 && node.sent().stream().noneMatch(sent -> sent.to().equals(NEXT));
                i++) {
            node.advance(LOOK);
        }
        assertThat(node.sent()).anyMatch(sent -> sent.to().equals(NEXT));
        return node;
    }

    /** The member that was asked last takes the node. */
    private static void answer(TestNode node, NodeId parent) {
        JsonObject query = node.sent().stream()
                .map(sent -> sent.message())
                .filter(message -> message.type() == Word.QUERY)
                .map(Word::read)
                .reduce((first, second) -> second)
                .orElseThrow();
        JsonObject found = new JsonObject();
        found.add("request", query.get("request"));
        found.addProperty("parent", parent.toString());
        node.receive(word(parent, Word.QUERY_ACK, found), parent);
    }

    private static JsonObject report(int degree, double rate, Vitals child) {
        Vitals own = new Vitals(FORMER, degree, rate);
        return new Report(own, true, List.of(), List.of(child), FORMER.toString(), Optional.empty()).toJson();
    }

    private static Message word(NodeId from, int type, JsonObject body) {
        return Message.builder(from, type)
                .application(Forest.APPLICATION)
                .payload(Word.write(body))
                .build();
    }

    @Test
    void a_large_tree_comes_to_rest_with_less_stress_and_never_has_a_circle() {
        for (int seed = 0; seed < 3; seed++) {
            Random random = new Random(seed);
            Forest forest = new Forest(StressTree::new);
            forest.plant("S", 100_000, ",'source':true");
            List<String> there = new ArrayList<>(List.of("S"));
            for (int i = 1; i <= 40; i++) {
                forest.plant("n" + i, 50_000 + random.nextInt(150_000), "");
            }
            forest.measureAll();
            for (int i = 1; i <= 40; i++) {
                forest.join("n" + i, there.get(random.nextInt(there.size())));
                forest.run(Duration.ofMillis(100));
                there.add("n" + i);
            }
            long before = 0;
            for (int i = 0; i < 1_000; i++) {
                forest.run(LOOK);
                assertThat(forest.loop()).isEmpty();
                if (i == 800) {
                    before = moves(forest);
                }
            }
            assertThat(forest.edges()).hasSize(40);
            assertThat(moves(forest)).as("moves in the last 4 s").isEqualTo(before);
            assertThat(there.stream().mapToDouble(forest::stress).max().orElseThrow())
                    .isLessThan(4);
        }
    }

    private static long moves(Forest forest) {
        return forest.names().stream()
                .mapToLong(name -> forest.node(name).status().get("moves").getAsLong())
                .sum();
    }
}

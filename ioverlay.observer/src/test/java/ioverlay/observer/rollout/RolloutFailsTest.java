package ioverlay.observer.rollout;

import static org.assertj.core.api.Assertions.assertThat;

import ioverlay.api.observer.Rollout;
import ioverlay.api.observer.Rollout.State;
import ioverlay.api.observer.Rollout.Step;
import ioverlay.api.observer.RolloutPlan.Strategy;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A version that does badly: every node that was touched is back, and the sentence says which one and why. */
class RolloutFailsTest {
    @TempDir
    private Path directory;

    private Stage stage;

    @BeforeEach
    void prepare() throws Exception {
        stage = new Stage(directory, 6);
    }

    private void all(Consumer<FakeNode> change) {
        stage.fleet.nodes.values().forEach(change);
    }

    private Rollout assertReturned(String... words) {
        Rollout ended = stage.end();
        assertThat(ended.state()).as(ended.sentence()).isEqualTo(State.RETURNED);
        assertThat(ended.sentence()).contains(words);
        assertThat(stage.versions()).containsExactly("1.0.0");
        return ended;
    }

    @Test
    void a_canary_whose_container_takes_the_version_back_stops_the_rollout() {
        all(node -> node.failing.put("1.1.0", 50.0));
        stage.start(Stage.plan(Strategy.CANARY, 1, 5));

        assertReturned("node n1 (127.0.0.1:5001), slot 5", "failed on probation", "1 slot is back");
        assertThat(stage.visit(1).state()).isEqualTo(Step.RETURNED);
        assertThat(stage.visit(2).state()).isEqualTo(Step.WAITING);
        assertThat(stage.fleet.node(2).asked).isEmpty();
    }

    @Test
    void a_node_that_fails_after_its_watch_takes_all_that_were_touched_back() {
        stage.start(Stage.plan(Strategy.CANARY, 2, 2));
        stage.until(3, Step.WATCHING);
        stage.fleet.node(1).failing.put("1.1.0", 5.0);

        Rollout ended =
                assertReturned("node n1", "calls failed since its switch, and 3 are too many", "4 slots are back");
        assertThat(ended.visits()).extracting(Rollout.Visit::state).endsWith(Step.WAITING, Step.WAITING);
        assertThat(stage.fleet.node(5).asked).isEmpty();
    }

    @Test
    void a_version_that_sends_less_than_its_part_goes_back() {
        stage.fleet.node(2).rates.put("1.1.0", 4e5);
        stage.start(Stage.plan(Strategy.ALL, 1, 5));

        assertReturned("node n2", "it sends 400000 bytes/s, and 1000000 before its switch; 0.50 of that is the least");
    }

    @ParameterizedTest
    @ValueSource(longs = {100, 500, 1_000, 1_500, 2_000})
    void however_short_the_watch_is_a_version_that_sends_nothing_goes_back(long watchMs) {
        stage.fleet.node(1).rates.put("1.1.0", 0.0);
        stage.start(Stage.watched(Stage.plan(Strategy.CANARY, 1, 5), Duration.ofMillis(watchMs)));

        assertReturned("node n1", "it sends 0 bytes/s, and 1000000 before its switch");
        assertThat(stage.fleet.node(2).asked).isEmpty();
    }

    @Test
    void a_slot_that_is_given_nothing_is_not_judged() {
        stage.start(Stage.plan(Strategy.ALL, 1, 5));
        stage.until(2, Step.WATCHING);
        all(FakeNode::stopTraffic);

        assertThat(stage.end().state()).isEqualTo(State.COMPLETED);
    }

    @Test
    void a_switch_that_pauses_too_long_goes_back() {
        stage.fleet.node(1).pauseMicros = 1_500_000;
        stage.start(Stage.plan(Strategy.CANARY, 1, 5));

        assertReturned("node n1", "paused it for 1500000 us");
    }

    @Test
    void a_node_that_refuses_takes_the_others_back() {
        stage.fleet.node(5).refusesSwaps = "the state does not fit";
        stage.start(Stage.plan(Strategy.CANARY, 1, 2));

        assertReturned("node n5", "the state does not fit", "4 slots are back");
        assertThat(stage.visit(5).state()).isEqualTo(Step.REFUSED);
    }

    @Test
    void a_container_that_refuses_the_bundle_ends_it_before_any_node_has_noticed() {
        stage.fleet.refusesBundles = "an algorithm's bundle does not end the JVM";
        stage.start(Stage.plan(Strategy.CANARY, 1, 2));

        assertReturned("its container refuses the bundle: an algorithm's bundle does not end the JVM", "0 slots");
        all(node -> assertThat(node.asked).isEmpty());
    }

    @Test
    void a_shadow_that_throws_ends_it_before_any_node_has_noticed() {
        stage.fleet.node(1).shadowFails = 4;
        stage.start(Stage.shadowed(Stage.plan(Strategy.CANARY, 1, 5)));

        assertReturned("node n1", "100 calls compared, 7 differed, 4 failed");
        assertThat(stage.fleet.node(1).asked).containsExactly("shadow");
    }

    @Test
    void a_shadow_that_only_differs_goes_on_and_only_the_first_wave_has_one() {
        stage.start(Stage.shadowed(Stage.plan(Strategy.CANARY, 2, 5)));

        assertThat(stage.end().state()).isEqualTo(State.COMPLETED);
        assertThat(stage.fleet.node(2).asked).containsExactly("shadow", "swap");
        assertThat(stage.fleet.node(3).asked).containsExactly("swap");
    }

    @Test
    void a_node_that_does_not_go_back_is_named() {
        stage.fleet.node(2).refusesBack = "it is stuck: ";
        stage.fleet.node(3).failing.put("1.1.0", 50.0);
        stage.start(Stage.plan(Strategy.CANARY, 2, 5));

        Rollout ended = stage.end();

        assertThat(ended.state()).isEqualTo(State.FAILED);
        assertThat(ended.sentence()).contains("node n3", "not so: node n2 (127.0.0.1:5002), slot 5");
        assertThat(stage.visit(2).sentence()).contains("it does not go back: it is stuck");
    }

    @Test
    void a_node_that_somebody_else_swapped_meanwhile_is_left_alone() {
        stage.start(Stage.plan(Strategy.CANARY, 2, 2));
        stage.until(3, Step.WATCHING);
        stage.fleet.node(1).version = "2.0.0";
        stage.desk.abort(1, "test");

        Rollout ended = stage.end();

        assertThat(ended.state()).isEqualTo(State.FAILED);
        assertThat(stage.fleet.node(1).version).isEqualTo("2.0.0");
        assertThat(stage.visit(1).sentence()).contains("it serves 2.0.0 now, and is left so");
        assertThat(stage.fleet.node(2).version).isEqualTo("1.0.0");
    }

    @Test
    void a_slot_whose_previous_version_is_another_goes_back_by_a_swap() {
        stage.start(Stage.plan(Strategy.CANARY, 1, 5));
        stage.until(2, Step.WATCHING);
        stage.fleet.node(1).previous = "0.9.0";
        stage.desk.abort(1, "test");

        assertThat(stage.end().state()).isEqualTo(State.ABORTED);
        assertThat(stage.fleet.node(1).asked).containsExactly("swap", "swap");
        assertThat(stage.versions()).containsExactly("1.0.0");
    }

    @Test
    void while_nothing_can_be_written_down_nothing_is_done() {
        stage.start(Stage.plan(Strategy.ALL, 1, 5));
        stage.documents.full = true;
        stage.run(5_000);
        all(node -> assertThat(node.asked).isEmpty());

        stage.documents.full = false;

        assertThat(stage.end().state()).isEqualTo(State.COMPLETED);
        all(node -> assertThat(node.switches).isEqualTo(1));
    }

    @Test
    void while_the_way_back_cannot_be_written_down_nobody_goes() {
        all(node -> node.failing.put("1.1.0", 0.0));
        stage.start(Stage.plan(Strategy.CANARY, 1, 5));
        stage.until(2, Step.WATCHING);
        stage.documents.full = true;
        stage.fleet.node(1).failing.put("1.1.0", 50.0);
        stage.run(2_000);
        assertThat(stage.fleet.nodes.values().stream()
                        .flatMap(node -> node.asked.stream())
                        .toList())
                .doesNotContain("rollback");

        stage.documents.full = false;

        assertReturned("node n1");
    }

    @Test
    void what_is_pushed_are_all_its_changes_and_what_is_logged_says_who() {
        all(node -> node.failing.put("1.1.0", 50.0));
        stage.start(Stage.plan(Strategy.CANARY, 1, 5));
        stage.end();

        assertThat(stage.pushed).extracting(Rollout::state).contains(State.RUNNING, State.RETURNING, State.RETURNED);
        assertThat(stage.pushed.stream()
                        .map(rollout -> rollout.visits().getFirst().state())
                        .distinct())
                .isEqualTo(List.of(Step.WAITING, Step.BRINGING, Step.SWAPPING, Step.RETURNED));
        assertThat(stage.log.getFirst().who()).isEqualTo("test");
        assertThat(stage.log).allSatisfy(line -> assertThat(line.kind()).isEqualTo("rollout"));
        assertThat(stage.log.getLast().who()).isEqualTo("rollout 1");
    }
}

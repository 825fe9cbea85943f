package ioverlay.observer.rollout;

import static org.assertj.core.api.Assertions.assertThat;

import ioverlay.api.observer.Rollout.State;
import ioverlay.api.observer.Rollout.Step;
import ioverlay.api.observer.RolloutPlan.Strategy;
import ioverlay.observer.fleet.Member;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The way back: who is said to be back is, and nothing that was begun runs on. */
class RolloutBackTest {
    @TempDir
    private Path directory;

    private Stage stage;

    @BeforeEach
    void prepare() throws Exception {
        stage = new Stage(directory, 4);
    }

    private void breakLine(int number, long ms) {
        stage.fleet.node(number).state = Member.State.LOST;
        stage.run(ms);
        stage.fleet.node(number).state = Member.State.LIVE;
    }

    @Test
    void one_whose_line_breaks_while_it_still_switches_is_back_when_it_says_so_and_not_before() {
        stage.fleet.node(1).prepareMs = 25_000;
        stage.start(Stage.plan(Strategy.CANARY, 1, 5));
        stage.until(1, Step.SWAPPING);
        stage.run(1_000);
        stage.desk.abort(1, "test");
        stage.run(12_000);
        breakLine(1, 1_000);
        stage.run(5_000);
        assertThat(stage.fleet.node(1).version).isEqualTo("1.0.0");
        assertThat(stage.now().state()).as(stage.now().toString()).isEqualTo(State.RETURNING);

        assertThat(stage.end(Duration.ofMinutes(1)).state()).isEqualTo(State.ABORTED);
        stage.run(60_000);
        assertThat(stage.versions()).containsExactly("1.0.0");
        assertThat(stage.fleet.node(1).switches).isEqualTo(2);
    }

    @Test
    void one_that_never_got_its_swap_is_back_as_soon_as_it_says_so_and_never_switches() {
        stage.start(Stage.plan(Strategy.CANARY, 1, 5));
        stage.until(1, Step.BRINGING);
        stage.fleet.node(1).losesSwaps = true;
        stage.until(1, Step.SWAPPING);
        stage.desk.abort(1, "test");
        breakLine(1, 1_000);
        stage.fleet.node(1).losesSwaps = false;

        assertThat(stage.end(Duration.ofSeconds(5)).state()).isEqualTo(State.ABORTED);
        assertThat(stage.fleet.node(1).switches).isZero();
        assertThat(stage.visit(1).sentence()).isEqualTo("it serves 1.0.0");
    }

    @Test
    void an_abort_ends_the_shadows_it_began_and_the_next_may_have_its_own() {
        stage.start(Stage.shadowed(Stage.plan(Strategy.CANARY, 2, 5)));
        stage.until(1, Step.SHADOW);
        stage.run(500);
        assertThat(stage.fleet.node(2).isShadowed()).isTrue();
        stage.desk.abort(1, "test");

        assertThat(stage.end(Duration.ofSeconds(1)).state()).isEqualTo(State.ABORTED);
        assertThat(stage.fleet.node(1).isShadowed()).isFalse();
        assertThat(stage.fleet.node(2).isShadowed()).isFalse();
        assertThat(stage.visit(1).state()).isEqualTo(Step.WAITING);
        assertThat(stage.visit(1).sentence()).isEqualTo("it was not begun; its shadow was ended");
        stage.start(Stage.shadowed(Stage.plan(Strategy.CANARY, 2, 5)));
        stage.run(60_000);
        assertThat(stage.desk.rollout(2).orElseThrow().state()).isEqualTo(State.COMPLETED);
    }

    @Test
    void who_turns_back_ends_the_shadows_of_the_others_also_after_a_restart() {
        stage.fleet.node(2).refusesShadows = "a shadow of somebody else runs here";
        stage.start(Stage.shadowed(Stage.plan(Strategy.CANARY, 2, 5)));
        for (int tick = 0; tick < 100 && stage.now().state() == State.RUNNING; tick++) {
            stage.tick();
        }
        assertThat(stage.now().state()).isEqualTo(State.RETURNING);
        assertThat(stage.fleet.node(1).isShadowed()).isTrue();
        stage.restart();

        assertThat(stage.end(Duration.ofSeconds(1)).state()).isEqualTo(State.RETURNED);
        assertThat(stage.fleet.node(1).isShadowed()).isFalse();
        assertThat(stage.visit(2).state()).isEqualTo(Step.REFUSED);
        assertThat(stage.visit(2).sentence()).isEqualTo("its shadow was refused: a shadow of somebody else runs here");
    }

    @Test
    void one_that_is_lost_in_its_shadow_takes_up_the_same_again() {
        stage.start(Stage.shadowed(Stage.plan(Strategy.ALL, 2, 5), Duration.ofMinutes(1)));
        stage.until(1, Step.SHADOW);
        breakLine(1, Limits.LOST_MS + 1_000);

        assertThat(stage.end().state()).as(stage.now().toString()).isEqualTo(State.COMPLETED);
    }

    @Test
    void one_whose_shadow_has_ended_waits_for_as_long_as_it_is_paused() {
        stage.start(Stage.shadowed(Stage.plan(Strategy.CANARY, 1, 5)));
        stage.until(1, Step.SHADOW);
        stage.desk.pause(1, "test");
        stage.run(2 * Limits.STEP_MS);
        assertThat(stage.now().state()).as(stage.now().sentence()).isEqualTo(State.PAUSED);
        stage.desk.resume(1, "test");

        assertThat(stage.end().state()).isEqualTo(State.COMPLETED);
    }

    @Test
    void after_an_abort_each_says_what_became_of_it_and_not_what_it_was_at() {
        stage.start(Stage.shadowed(Stage.plan(Strategy.CANARY, 1, 5)));
        stage.until(2, Step.WATCHING);
        stage.fleet.node(3).state = Member.State.LOST;
        stage.run(1_000);
        stage.desk.abort(1, "test");
        stage.fleet.node(3).state = Member.State.LIVE;

        assertThat(stage.end().state()).isEqualTo(State.ABORTED);
        assertThat(stage.now().visits()).extracting(visit -> visit.sentence()).containsOnly("it serves 1.0.0 again");
    }

    @Test
    void who_did_badly_still_says_so_when_it_is_back() {
        stage.start(Stage.plan(Strategy.CANARY, 2, 5));
        stage.until(3, Step.WATCHING);
        stage.fleet.node(1).failing.put("1.1.0", 5.0);
        stage.end();

        assertThat(stage.visit(1).sentence()).matches("\\d+ calls failed since its switch, .*; it serves 1.0.0 again");
        assertThat(stage.visit(2).sentence()).isEqualTo("it serves 1.0.0 again");
    }

    @Test
    void one_that_runs_another_algorithm_now_is_left_so_on_the_way_back_whatever_its_version_is_called() {
        stage.start(Stage.plan(Strategy.CANARY, 1, 2));
        stage.until(4, Step.WATCHING);
        stage.fleet.node(1).algorithm = "tree";
        stage.fleet.node(2).algorithm = "tree";
        stage.fleet.node(2).version = "1.0.0";
        stage.desk.abort(1, "test");

        assertThat(stage.end().state()).as(stage.now().toString()).isEqualTo(State.FAILED);
        assertThat(stage.visit(1).state()).isEqualTo(Step.REFUSED);
        assertThat(stage.visit(1).sentence()).isEqualTo("it serves tree 1.1.0 now, and is left so");
        assertThat(stage.fleet.node(1).version).isEqualTo("1.1.0");
        assertThat(stage.visit(2).state()).isEqualTo(Step.REFUSED);
        assertThat(stage.visit(2).sentence()).isEqualTo("it serves tree 1.0.0 now, and is left so");
        assertThat(stage.fleet.node(2).switches).isEqualTo(1);
        assertThat(stage.visit(3).state()).isEqualTo(Step.RETURNED);
    }

    @Test
    void one_that_is_swapped_to_another_algorithm_before_it_is_told_again_to_go_back_is_left_so() {
        stage.start(Stage.plan(Strategy.CANARY, 1, 2));
        stage.until(2, Step.WATCHING);
        stage.fleet.node(1).refusesBack = "not now: ";
        stage.desk.abort(1, "test");
        stage.until(1, Step.RETURNING);
        stage.run(500);
        stage.fleet.node(1).refusesBack = "";
        stage.fleet.node(1).algorithm = "tree";

        assertThat(stage.end().state()).as(stage.now().toString()).isEqualTo(State.FAILED);
        assertThat(stage.visit(1).sentence()).isEqualTo("it serves tree 1.1.0 now, and is left so");
        assertThat(stage.fleet.node(1).version).isEqualTo("1.1.0");
    }
}

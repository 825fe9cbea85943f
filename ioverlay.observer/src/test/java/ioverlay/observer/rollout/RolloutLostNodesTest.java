package ioverlay.observer.rollout;

import static org.assertj.core.api.Assertions.assertThat;

import ioverlay.api.observer.Rollout;
import ioverlay.api.observer.Rollout.State;
import ioverlay.api.observer.Rollout.Step;
import ioverlay.api.observer.RolloutPlan.Strategy;
import ioverlay.observer.fleet.Member;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Nodes whose line breaks, for a moment, for long, for ever. */
class RolloutLostNodesTest {
    @TempDir
    private Path directory;

    private Stage stage;

    @BeforeEach
    void prepare() throws Exception {
        stage = new Stage(directory, 4);
    }

    private void lose(int number) {
        stage.fleet.node(number).state = Member.State.LOST;
    }

    private void find(int number) {
        stage.fleet.node(number).state = Member.State.LIVE;
    }

    @Test
    void a_line_that_breaks_in_the_middle_of_a_swap_is_no_matter() {
        stage.start(Stage.plan(Strategy.CANARY, 1, 5));
        stage.until(1, Step.SWAPPING);
        stage.fleet.node(1).deaf = true;
        stage.run(500);
        lose(1);
        stage.run(10_000);
        stage.fleet.node(1).deaf = false;
        find(1);

        assertThat(stage.end().state()).isEqualTo(State.COMPLETED);
        assertThat(stage.fleet.node(1).switches).isEqualTo(1);
    }

    @Test
    void a_canary_that_is_lost_takes_all_back_when_it_is_there_again() {
        stage.start(Stage.plan(Strategy.CANARY, 2, 5));
        stage.until(1, Step.WATCHING);
        lose(1);
        stage.run(Limits.LOST_MS + 1_000);
        assertThat(stage.now().state()).isEqualTo(State.RETURNING);
        stage.run(60_000);
        assertThat(stage.fleet.node(2).version).isEqualTo("1.0.0");
        find(1);

        Rollout ended = stage.end();

        assertThat(ended.state()).as(ended.sentence()).isEqualTo(State.RETURNED);
        assertThat(ended.sentence()).contains("node n1", "it is a canary");
        assertThat(stage.versions()).containsExactly("1.0.0");
    }

    @Test
    void a_canary_that_is_lost_until_it_is_forgotten_is_not_called_back() {
        stage.start(Stage.plan(Strategy.CANARY, 2, 5));
        stage.until(1, Step.WATCHING);
        lose(1);
        stage.run(Limits.LOST_MS + 1_000);
        stage.fleet.forget(1);

        Rollout ended = stage.end();

        assertThat(ended.state()).as(ended.sentence()).isEqualTo(State.FAILED);
        assertThat(ended.sentence()).contains("not so: node n1");
    }

    @Test
    void a_canary_that_never_comes_back_leaves_a_rollout_that_failed_and_says_so() {
        stage.start(Stage.plan(Strategy.CANARY, 2, 5));
        stage.until(1, Step.WATCHING);
        lose(1);

        Rollout ended = stage.end();

        assertThat(ended.state()).isEqualTo(State.FAILED);
        assertThat(ended.sentence()).contains("not so: node n1");
        assertThat(stage.visit(1).sentence()).contains("was not there to go back");
    }

    @Test
    void another_that_is_lost_is_told_when_it_comes_back() {
        stage.start(Stage.plan(Strategy.CANARY, 1, 1));
        lose(3);
        stage.until(4, Step.SWITCHED);
        stage.run(60_000);
        assertThat(stage.now().state()).isEqualTo(State.RUNNING);
        assertThat(stage.now().sentence()).contains("waits for lost nodes: node n3");
        find(3);

        assertThat(stage.end().state()).isEqualTo(State.COMPLETED);
        assertThat(stage.versions()).containsExactly("1.1.0");
    }

    @Test
    void one_that_does_not_come_back_in_time_is_named_at_the_end() {
        stage.start(Stage.plan(Strategy.ALL, 1, 1));
        lose(3);

        Rollout ended = stage.end(Duration.ofMillis(Limits.COMEBACK_MS + 90_000));

        assertThat(ended.state()).isEqualTo(State.FAILED);
        assertThat(ended.sentence())
                .isEqualTo("3 of 4 slots serve relay 1.1.0; lost: node n3 (127.0.0.1:5003), slot 5");
    }

    @Test
    void one_that_ends_is_not_waited_for() {
        stage.start(Stage.plan(Strategy.CANARY, 1, 1));
        stage.fleet.end(3);

        Rollout ended = stage.end(Duration.ofMinutes(1));

        assertThat(ended.state()).isEqualTo(State.FAILED);
        assertThat(stage.visit(3).sentence()).isEqualTo("the node has ended");
    }
}

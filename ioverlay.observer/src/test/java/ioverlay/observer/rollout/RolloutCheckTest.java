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

/** What is said at the end is what nodes serve: they are asked, whatever was seen before. */
class RolloutCheckTest {
    @TempDir
    private Path directory;

    private Stage stage;

    @BeforeEach
    void prepare() throws Exception {
        stage = new Stage(directory, 4);
        stage.start(Stage.plan(Strategy.CANARY, 1, 2));
    }

    private void assertStrayed(int number, String sentence) {
        Rollout ended = stage.end();
        assertThat(ended.state()).as(ended.sentence()).isEqualTo(State.FAILED);
        assertThat(ended.sentence()).isEqualTo("3 of 4 slots serve relay 1.1.0; elsewhere: " + label(number));
        assertThat(stage.visit(number).state()).isEqualTo(Step.STRAYED);
        assertThat(stage.visit(number).sentence()).startsWith(sentence);
    }

    private static String label(int number) {
        return "node n" + number + " (127.0.0.1:500" + number + "), slot 5";
    }

    /** The container of a node ends and begins anew. */
    private void restart(int number, String version) {
        FakeNode node = stage.fleet.node(number);
        node.state = Member.State.LOST;
        stage.run(3_000);
        node.restart(version);
        node.state = Member.State.LIVE;
    }

    @Test
    void one_that_somebody_swapped_after_its_switch_is_not_counted_as_done() {
        stage.until(3, Step.WATCHING);
        stage.fleet.node(1).version = "2.0.0";

        assertStrayed(1, "it serves relay 2.0.0 now");
    }

    @Test
    void one_that_runs_another_algorithm_now_is_not_counted_as_done() {
        stage.until(3, Step.WATCHING);
        stage.fleet.node(2).algorithm = "tree";

        assertStrayed(2, "it serves tree 1.1.0 now");
    }

    @Test
    void one_that_lost_its_slot_is_not_counted_as_done() {
        stage.until(4, Step.WATCHING);
        stage.fleet.node(1).hasSlot = false;

        assertStrayed(1, "its node has no such slot any more");
    }

    @Test
    void one_whose_container_came_back_with_the_version_before_is_not_counted_as_done() {
        stage.until(3, Step.WATCHING);
        restart(1, "1.0.0");

        assertStrayed(1, "it serves relay 1.0.0 now");
    }

    @Test
    void one_whose_container_came_back_with_the_new_version_is_done() {
        stage.until(3, Step.WATCHING);
        restart(1, "1.1.0");

        assertThat(stage.end().state()).isEqualTo(State.COMPLETED);
    }

    @Test
    void one_whose_container_begins_anew_in_the_middle_of_its_watch_is_brought_the_bundle_and_swapped_again() {
        stage.until(3, Step.WATCHING);
        stage.fleet.brought.clear();
        restart(3, "1.0.0");

        assertThat(stage.end().state()).as(stage.now().toString()).isEqualTo(State.COMPLETED);
        assertThat(stage.versions()).containsExactly("1.1.0");
        assertThat(stage.fleet.brought).contains("home0'");
    }

    @Test
    void one_that_ends_after_its_switch_is_lost() {
        stage.until(3, Step.WATCHING);
        stage.fleet.end(1);

        Rollout ended = stage.end(Duration.ofMinutes(1));

        assertThat(ended.state()).isEqualTo(State.FAILED);
        assertThat(ended.sentence()).isEqualTo("3 of 4 slots serve relay 1.1.0; lost: " + label(1));
        assertThat(stage.visit(1).sentence()).isEqualTo("the node has ended, after its switch");
    }

    @Test
    void one_whose_line_is_broken_at_the_end_is_waited_for() {
        stage.until(4, Step.WATCHING);
        stage.fleet.node(1).state = Member.State.LOST;
        stage.run(Limits.LOST_MS + 30_000);
        assertThat(stage.now().state()).isEqualTo(State.RUNNING);
        assertThat(stage.now().sentence()).contains("waits for lost nodes: " + label(1));
        stage.fleet.node(1).state = Member.State.LIVE;

        assertThat(stage.end().state()).isEqualTo(State.COMPLETED);
        assertThat(stage.fleet.node(1).switches).isEqualTo(1);
    }

    @Test
    void a_slot_that_is_gone_before_its_turn_takes_the_others_back() {
        stage.until(1, Step.WATCHING);
        stage.fleet.node(3).hasSlot = false;

        Rollout ended = stage.end();
        assertThat(ended.state()).isEqualTo(State.RETURNED);
        assertThat(ended.sentence()).contains(label(3) + ": its node has no such slot any more");
    }

    /** At the end, when all have switched and one line is broken; not for so long that its node is lost. */
    private void breakLineInTheLastLook() {
        stage.until(4, Step.WATCHING);
        stage.run(1_000);
        stage.fleet.node(1).state = Member.State.LOST;
        stage.until(4, Step.SWITCHED);
        stage.run(3_000);
        assertThat(stage.visit(1).state()).isEqualTo(Step.SWITCHED);
    }

    private void assertTurnsBackForFailuresOf(int number) {
        stage.fleet.node(number).failing.put("1.1.0", 5.0);
        stage.run(3_000);
        assertThat(stage.now().state()).as(stage.now().sentence()).isEqualTo(State.RETURNING);
        assertThat(stage.now().sentence()).startsWith(label(number)).contains("calls failed since its switch");
    }

    @Test
    void one_that_has_said_what_it_serves_is_looked_after_while_another_has_not() {
        breakLineInTheLastLook();

        assertTurnsBackForFailuresOf(2);
    }

    @Test
    void one_that_did_not_answer_is_looked_after_while_lost_nodes_are_waited_for() {
        stage.until(4, Step.WATCHING);
        stage.run(1_000);
        stage.fleet.node(2).deaf = true;
        breakLineInTheLastLook();
        stage.until(1, Step.LOST);
        stage.run(1_000);

        assertTurnsBackForFailuresOf(2);
    }

    @Test
    void what_was_said_before_lost_nodes_were_waited_for_is_asked_again_at_the_end() {
        breakLineInTheLastLook();
        stage.until(1, Step.LOST);
        stage.fleet.node(3).version = "2.0.0";

        Rollout ended = stage.end();
        assertThat(ended.state()).isEqualTo(State.FAILED);
        assertThat(ended.sentence())
                .isEqualTo("2 of 4 slots serve relay 1.1.0; lost: " + label(1) + "; elsewhere: " + label(3));
    }
}

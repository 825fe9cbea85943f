package ioverlay.observer.rollout;

import static org.assertj.core.api.Assertions.assertThat;

import ioverlay.api.observer.Rollout.State;
import ioverlay.api.observer.Rollout.Step;
import ioverlay.api.observer.RolloutPlan;
import ioverlay.api.observer.RolloutPlan.Strategy;
import java.nio.file.Path;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The observer is killed at each moment at which it writes something down, before and after, and another begins. */
class RolloutCrashTest {
    private static final int NODES = 4;

    @TempDir
    private Path directory;

    /** How many writes there were in the longest life. */
    private int writes;

    private Stage killed(RolloutPlan plan, Consumer<Stage> weather, int at, boolean after) throws Exception {
        Stage stage = new Stage(directory.resolve(at + "-" + after), NODES);
        stage.documents.killAt = at;
        stage.documents.killsAfter = after;
        weather.accept(stage);
        try {
            stage.start(plan);
            stage.end();
        } catch (FakeDocuments.Killed e) {
            // nobody is there for a while, and the nodes go on
            stage.clock.advance(2_000);
            stage.fleet.advance(2_000);
            stage.restart();
            if (stage.desk.rollouts().isEmpty()) {
                stage.start(plan); // who asked has no answer, and asks again
            }
            stage.end();
        }
        writes = Math.max(writes, stage.documents.writes);
        return stage;
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void killed_anywhere_it_ends_at_the_new_version_and_every_node_has_switched_once(boolean after) throws Exception {
        RolloutPlan plan = Stage.shadowed(Stage.plan(Strategy.CANARY, 1, 2));
        for (int at = 1; at == 1 || at <= writes; at++) {
            Stage stage = killed(plan, any -> {}, at, after);

            assertThat(stage.now().state()).as("%d: %s", at, stage.now()).isEqualTo(State.COMPLETED);
            assertThat(stage.now().visits()).allMatch(visit -> visit.state() == Step.SWITCHED);
            assertThat(stage.versions()).containsExactly("1.1.0");
            assertThat(stage.fleet.nodes.values()).allMatch(node -> node.switches == 1);
        }
        assertThat(writes).as("moments to be killed at").isGreaterThan(12);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void killed_anywhere_on_a_way_that_fails_it_ends_with_every_node_back(boolean after) throws Exception {
        RolloutPlan plan = Stage.plan(Strategy.CANARY, 1, 2);
        for (int at = 1; at == 1 || at <= writes; at++) {
            Stage stage = killed(plan, any -> any.fleet.node(3).failing.put("1.1.0", 50.0), at, after);

            assertThat(stage.now().state()).as("%d: %s", at, stage.now()).isEqualTo(State.RETURNED);
            assertThat(stage.now().sentence()).contains("node n3");
            stage.run(30_000);
            assertThat(stage.versions()).containsExactly("1.0.0");
            assertThat(stage.fleet.nodes.values()).allMatch(node -> node.switches % 2 == 0 && node.switches <= 2);
        }
        assertThat(writes).as("moments to be killed at").isGreaterThan(10);
    }

    @Test
    void an_observer_that_ends_in_good_order_turns_nothing_back_and_the_next_goes_on() throws Exception {
        Stage stage = new Stage(directory, 4);
        stage.start(Stage.plan(Strategy.CANARY, 1, 2));
        stage.until(1, Step.WATCHING);
        stage.fleet.ends = true;
        stage.run(6_000);
        assertThat(stage.now().state()).as(stage.now().toString()).isEqualTo(State.RUNNING);

        stage.restart();
        stage.fleet.ends = false;
        assertThat(stage.end().state()).as(stage.now().toString()).isEqualTo(State.COMPLETED);
        assertThat(stage.fleet.nodes.values()).allMatch(node -> node.switches == 1);
    }
}

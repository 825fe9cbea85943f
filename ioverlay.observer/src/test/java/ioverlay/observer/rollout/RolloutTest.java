package ioverlay.observer.rollout;

import static org.assertj.core.api.Assertions.assertThat;

import ioverlay.api.observer.Rollout;
import ioverlay.api.observer.Rollout.State;
import ioverlay.api.observer.Rollout.Step;
import ioverlay.api.observer.RolloutPlan.Strategy;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The way to a new version when all goes well. */
class RolloutTest {
    @TempDir
    private Path directory;

    @Test
    void all_nodes_go_over_at_once_and_each_says_how() throws Exception {
        Stage stage = new Stage(directory, 6);
        stage.start(Stage.plan(Strategy.ALL, 1, 5));

        Rollout ended = stage.end();

        assertThat(ended.state()).as(ended.sentence()).isEqualTo(State.COMPLETED);
        assertThat(ended.waves()).hasSize(1);
        assertThat(ended.sentence()).isEqualTo("all 6 slots serve relay 1.1.0");
        assertThat(stage.versions()).containsExactly("1.1.0");
        assertThat(ended.visits()).allSatisfy(visit -> {
            assertThat(visit.state()).isEqualTo(Step.SWITCHED);
            assertThat(visit.from()).isEqualTo("1.0.0");
            assertThat(visit.to()).isEqualTo("1.1.0");
            assertThat(visit.pauseMicros()).hasValue(500);
        });
        assertThat(stage.fleet.brought).containsExactly("home0", "home1");
    }

    @Test
    void canaries_go_first_and_no_wave_begins_before_the_one_before_was_watched() throws Exception {
        Stage stage = new Stage(directory, 7);
        stage.start(Stage.plan(Strategy.CANARY, 2, 3));

        assertThat(stage.now().waves()).extracting(wave -> wave.size()).containsExactly(2, 3, 2);
        stage.until(1, Step.WATCHING);
        stage.run(3_000);
        assertThat(stage.fleet.node(3).asked).isEmpty();
        assertThat(stage.end().state()).isEqualTo(State.COMPLETED);
        assertThat(stage.versions()).containsExactly("1.1.0");
    }
}

package ioverlay.observer.rollout;

import static org.assertj.core.api.Assertions.assertThat;

import ioverlay.api.observer.Rollout.State;
import ioverlay.api.observer.Rollout.Step;
import ioverlay.api.observer.RolloutPlan.Strategy;
import ioverlay.observer.fleet.Member;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Somebody sets the clock of the observer's machine; and what lasts goes on after a restart. */
class RolloutClockTest {
    private static final long DAY_MS = 86_400_000;

    @TempDir
    private Path directory;

    @ParameterizedTest
    @ValueSource(longs = {DAY_MS, -DAY_MS})
    void a_clock_that_is_set_changes_nothing_of_the_way_there(long by) throws Exception {
        Stage stage = new Stage(directory, 4);
        stage.start(Stage.shadowed(Stage.plan(Strategy.CANARY, 1, 5)));
        for (Step step : new Step[] {Step.BRINGING, Step.SHADOW, Step.SWAPPING, Step.WATCHING}) {
            stage.until(1, step);
            stage.clock.advance(by);
            stage.tick();
            stage.clock.advance(-by);
        }
        stage.clock.advance(by);

        assertThat(stage.end(Duration.ofMinutes(1)).state())
                .as(stage.now().toString())
                .isEqualTo(State.COMPLETED);
        assertThat(stage.now().ended()).contains(stage.clock.instant().minusMillis(Stage.TICK_MS));
    }

    @ParameterizedTest
    @ValueSource(longs = {DAY_MS, -DAY_MS})
    void a_clock_that_is_set_changes_nothing_of_how_long_lost_nodes_are_waited_for(long by) throws Exception {
        Stage stage = new Stage(directory, 4);
        stage.start(Stage.plan(Strategy.CANARY, 2, 5));
        stage.until(1, Step.WATCHING);
        stage.fleet.node(1).state = Member.State.LOST;
        stage.run(Limits.LOST_MS + 1_000);
        assertThat(stage.now().state()).isEqualTo(State.RETURNING);
        stage.clock.advance(by);
        stage.run(Limits.COMEBACK_MS - 10_000);
        assertThat(stage.now().state()).isEqualTo(State.RETURNING);

        assertThat(stage.end(Duration.ofSeconds(30)).state()).isEqualTo(State.FAILED);
    }

    @Test
    void observers_that_come_and_go_wait_for_lost_nodes_no_longer_than_one_that_stays() throws Exception {
        Stage stage = new Stage(directory, 4);
        stage.start(Stage.plan(Strategy.ALL, 1, 5));
        stage.fleet.node(1).state = Member.State.LOST;
        long waitedMs = 0;
        while (!stage.now().state().isEnd() && waitedMs < 2 * Limits.COMEBACK_MS) {
            stage.run(Limits.COMEBACK_MS / 4);
            waitedMs += Limits.COMEBACK_MS / 4;
            stage.restart();
        }

        assertThat(stage.now().state()).isEqualTo(State.FAILED);
    }
}

package ioverlay.observer.rollout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.JsonObject;
import ioverlay.api.container.RefusedException;
import ioverlay.api.observer.Rollout;
import ioverlay.api.observer.Rollout.State;
import ioverlay.api.observer.Rollout.Step;
import ioverlay.api.observer.RolloutPlan.Strategy;
import ioverlay.api.observer.Rollouts;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is common to all rollouts: their numbers, how many are kept, a disk that is slow or full, the end. */
class RolloutDeskTest {
    private static final Duration CLOSE_LIMIT = Duration.ofSeconds(3);

    @TempDir
    private Path directory;

    private Stage stage;

    @BeforeEach
    void prepare() throws Exception {
        stage = new Stage(directory, 3);
    }

    private void assertClosesInTime() {
        long begunNs = System.nanoTime();
        stage.desk.close();
        assertThat(Duration.ofNanos(System.nanoTime() - begunNs)).isLessThan(CLOSE_LIMIT);
    }

    private void awaitWrite() throws InterruptedException {
        assertThat(stage.documents.waits.await(10, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void it_closes_in_time_while_the_disk_does_not_write_a_step() throws Exception {
        stage.start(Stage.plan(Strategy.ALL, 1, 5));
        stage.documents.slow = new CountDownLatch(1);
        stage.desk.open();
        awaitWrite();

        assertClosesInTime();
        assertThat(stage.fleet.node(1).asked).isEmpty();
    }

    @Test
    void it_closes_in_time_while_the_disk_does_not_write_a_new_one() throws Exception {
        CountDownLatch disk = new CountDownLatch(1);
        stage.documents.slow = disk;
        CompletableFuture<Rollout> started =
                CompletableFuture.supplyAsync(() -> stage.start(Stage.plan(Strategy.ALL, 1, 5)));
        awaitWrite();
        assertThat(stage.desk.rollouts()).as("what is not written is not shown").isEmpty();
        stage.desk.step();

        assertClosesInTime();
        disk.countDown();
        assertThat(started.get(10, TimeUnit.SECONDS).state()).isEqualTo(State.RUNNING);
        assertThatThrownBy(() -> stage.start(Stage.plan(Strategy.ALL, 1, 5)))
                .isInstanceOf(RefusedException.class)
                .hasMessage("the observer closes");
    }

    @Test
    void one_that_was_refused_since_it_was_not_written_is_not_there_later() {
        stage.documents.full = true;
        assertThatThrownBy(() -> stage.start(Stage.plan(Strategy.ALL, 1, 5)))
                .isInstanceOf(RefusedException.class)
                .hasMessage("the rollout cannot be written down: the disk is full");
        stage.documents.full = false;
        stage.run(1_000);

        assertThat(stage.desk.rollouts()).isEmpty();
        assertThat(stage.fleet.brought).isEmpty();
        assertThat(stage.start(Stage.plan(Strategy.ALL, 1, 5)).state()).isEqualTo(State.RUNNING);
    }

    @Test
    void who_hears_that_one_is_over_may_begin_the_next() {
        List<Rollout> next = new ArrayList<>();
        stage.desk.listen(told -> {
            if (told.state() == State.ABORTED && next.isEmpty()) {
                next.add(stage.start(Stage.plan(Strategy.ALL, 1, 5)));
            }
        });
        stage.start(Stage.plan(Strategy.ALL, 1, 5));
        stage.desk.abort(1, "test");
        stage.end();

        assertThat(next).extracting(Rollout::id).containsExactly(2L);
    }

    @Test
    void no_number_is_given_twice_even_if_the_latest_document_says_nothing() {
        stage.start(Stage.plan(Strategy.ALL, 1, 5));
        stage.end();
        JsonObject numbered = new JsonObject();
        numbered.addProperty("id", 5);
        stage.documents.put(Book.KIND, "5", numbered);
        stage.documents.put(Book.KIND, "6", new JsonObject());
        stage.restart();
        stage.fleet.node(1).version = "1.0.0";

        Rollout next = stage.start(Stage.plan(Strategy.ALL, 1, 5));

        assertThat(next.id()).isEqualTo(7);
        assertThat(stage.documents.get(Book.KIND, "6")).contains(new JsonObject());
    }

    @Test
    void only_the_latest_thousand_are_kept_in_memory_and_on_the_disk() {
        stage.start(Stage.plan(Strategy.ALL, 1, 5));
        stage.end();
        JsonObject ended = stage.documents.get(Book.KIND, "1").orElseThrow();
        for (int id = 2; id <= Rollouts.MAX_KEPT + 10; id++) {
            ended.addProperty("id", id);
            stage.documents.put(Book.KIND, Integer.toString(id), ended);
        }
        stage.restart();
        stage.run(12 * Stage.TICK_MS);

        assertThat(stage.desk.rollouts()).hasSize(Rollouts.MAX_KEPT);
        assertThat(stage.documents.kept).hasSize(Rollouts.MAX_KEPT);
        assertThat(stage.desk.rollout(10)).isEmpty();
        assertThat(stage.desk.rollout(11)).isPresent();
    }

    @Test
    void who_looks_on_and_fails_stops_no_rollout() {
        stage.desk.listen(rollout -> {
            throw new IllegalStateException("a page that is gone");
        });
        stage.start(Stage.plan(Strategy.ALL, 1, 5));

        assertThat(stage.end().state()).isEqualTo(State.COMPLETED);
    }

    @Test
    void a_node_that_cannot_be_looked_after_holds_up_no_other_and_is_named_when_its_time_is_over() {
        stage.start(Stage.plan(Strategy.ALL, 1, 5));
        stage.until(2, Step.BRINGING);
        stage.fleet.stumblesAt = stage.fleet.node(2).id.toString();
        stage.until(1, Step.SWITCHED);
        assertThat(stage.fleet.node(2).asked).isEmpty();
        assertThat(stage.now().state()).isEqualTo(State.RUNNING);
        stage.run(Limits.STEP_MS + 10_000);
        assertThat(stage.now().sentence())
                .contains("node n2", "no answer within 604 s, and looking after it fails")
                .contains("says is beyond it");
        stage.fleet.stumblesAt = "";

        assertThat(stage.end().state()).isEqualTo(State.RETURNED);
        assertThat(stage.versions()).containsExactly("1.0.0");
    }

    @Test
    void a_pause_outlives_the_observer_and_so_does_what_comes_after_it() {
        stage.start(Stage.plan(Strategy.CANARY, 1, 1));
        stage.until(1, Step.WATCHING);
        stage.desk.pause(1, "test");
        stage.restart();
        stage.run(30_000);
        assertThat(stage.now().state()).isEqualTo(State.PAUSED);
        assertThat(stage.visit(1).state()).isEqualTo(Step.SWITCHED);
        assertThat(stage.fleet.node(2).asked).isEmpty();

        stage.desk.resume(1, "test");
        stage.restart();

        assertThat(stage.end().state()).isEqualTo(State.COMPLETED);
        assertThat(stage.versions()).containsExactly("1.1.0");
    }

    @Test
    void sentences_count_in_words_that_fit() {
        stage.fleet.nodes.keySet().removeIf(id -> !id.equals(stage.fleet.node(1).id));
        assertThat(stage.start(Stage.plan(Strategy.ALL, 1, 5)).sentence())
                .isEqualTo("brings relay 1.1.0 to 1 slot in 1 wave");
        assertThat(stage.end().sentence()).isEqualTo("its slot serves relay 1.1.0");
    }
}

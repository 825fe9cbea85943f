package ioverlay.observer.rollout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.JsonParser;
import ioverlay.api.container.RefusedException;
import ioverlay.api.observer.Rollout.State;
import ioverlay.api.observer.Rollout.Step;
import ioverlay.api.observer.RolloutPlan;
import ioverlay.api.observer.RolloutPlan.Health;
import ioverlay.api.observer.RolloutPlan.Strategy;
import java.nio.file.Path;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a rollout can be told, and what plans are refused. */
class RolloutCommandsTest {
    @TempDir
    private Path directory;

    private Stage stage;

    @BeforeEach
    void prepare() throws Exception {
        stage = new Stage(directory, 4);
    }

    private static void assertRefused(ThrowingCallable command, String sentence) {
        assertThatThrownBy(command).isInstanceOf(RefusedException.class).hasMessageContaining(sentence);
    }

    @Test
    void a_paused_one_begins_no_further_node_and_goes_on_when_resumed() {
        stage.start(Stage.plan(Strategy.CANARY, 1, 5));
        stage.until(1, Step.WATCHING);
        stage.desk.pause(1, "test");
        stage.run(30_000);

        assertThat(stage.visit(1).state()).isEqualTo(Step.SWITCHED);
        assertThat(stage.fleet.node(2).asked).isEmpty();
        assertThat(stage.now().state()).isEqualTo(State.PAUSED);
        assertThat(stage.desk.resume(1, "test").state()).isEqualTo(State.RUNNING);
        assertThat(stage.end().state()).isEqualTo(State.COMPLETED);
    }

    @Test
    void a_paused_one_that_does_badly_goes_back_all_the_same() {
        stage.start(Stage.plan(Strategy.CANARY, 1, 5));
        stage.until(1, Step.WATCHING);
        stage.desk.pause(1, "test");
        stage.fleet.node(1).failing.put("1.1.0", 50.0);

        assertThat(stage.end().state()).isEqualTo(State.RETURNED);
    }

    @Test
    void aborted_at_any_moment_every_node_is_where_it_was() throws Exception {
        for (int ticks = 0; ticks < 130; ticks += 3) {
            prepareIn("abort" + ticks);
            stage.start(Stage.shadowed(Stage.plan(Strategy.CANARY, 1, 2)));
            stage.run(ticks * Stage.TICK_MS);
            assertThat(stage.desk.abort(1, "test").state()).isEqualTo(State.RETURNING);

            assertThat(stage.end().state())
                    .as("after %d ticks: %s", ticks, stage.now())
                    .isEqualTo(State.ABORTED);
            stage.run(20_000);
            assertThat(stage.versions()).containsExactly("1.0.0");
        }
    }

    private void prepareIn(String folder) throws Exception {
        stage = new Stage(directory.resolve(folder), 4);
    }

    @Test
    void what_does_not_fit_its_state_is_refused() {
        stage.start(Stage.plan(Strategy.CANARY, 1, 5));

        assertRefused(
                () -> stage.desk.resume(1, ""), "a rollout is resumed while it is paused, and rollout 1 is running");
        assertRefused(() -> stage.desk.abort(2, ""), "there is no rollout 2");
        stage.desk.abort(1, "");
        assertRefused(
                () -> stage.desk.pause(1, ""), "a rollout is paused while it is running, and rollout 1 is returning");
        assertRefused(() -> stage.desk.abort(1, ""), "and rollout 1 is returning");
        stage.end();
        assertRefused(() -> stage.desk.abort(1, ""), "rollout 1 is aborted and has ended");
    }

    @Test
    void one_at_a_time_for_an_algorithm_and_application() {
        stage.start(Stage.plan(Strategy.CANARY, 1, 5));

        assertRefused(
                () -> stage.start(new RolloutPlan("relay", "1.1.0")),
                "rollout 1 of relay is running: one at a time for the same algorithm and application");
        stage.end();
        stage.fleet.node(1).version = "1.0.0";
        assertThat(stage.start(new RolloutPlan("relay", "1.1")).id()).isEqualTo(2);
        assertThat(stage.desk.rollouts()).extracting(rollout -> rollout.id()).containsExactly(2L, 1L);
    }

    @Test
    void a_plan_that_concerns_nobody_or_brings_nothing_is_refused() {
        assertRefused(() -> stage.start(new RolloutPlan("tree", "1.1.0")), "no node runs another version of tree");
        assertRefused(() -> stage.start(new RolloutPlan("relay", "1.2.0")), "relay 1.2.0 is not in the repository");
        stage.fleet.nodes.values().forEach(node -> node.version = "1.1.0");
        assertRefused(() -> stage.start(new RolloutPlan("relay", "1.1.0")), "no node runs another version of relay");
        assertRefused(() -> plan("{'nodes':['n9']}"), "there is no node 'n9' now");
        assertRefused(() -> plan("{'nodes':['n1','127.0.0.1:5001']}"), "names each node once");
        assertRefused(
                () -> plan("{'nodes':['n1'],'application':6}"), "has no slot that runs relay for the application 6");
    }

    private void plan(String more) {
        var json = JsonParser.parseString(more.replace('\'', '"')).getAsJsonObject();
        json.addProperty("algorithm", "relay");
        json.addProperty("version", "1.1.0");
        stage.start(PlanJson.parse(json));
    }

    @Test
    void a_plan_has_the_defaults_that_are_promised() {
        RolloutPlan plan = PlanJson.parse(JsonParser.parseString("{\"algorithm\":\"relay\",\"version\":\"1.1\"}")
                .getAsJsonObject());

        assertThat(plan).isEqualTo(new RolloutPlan("relay", "1.1.0"));
        assertThat(plan.health()).isEqualTo(Health.STANDARD);
        assertThat(PlanJson.of(plan))
                .hasToString(
                        "{\"algorithm\":\"relay\",\"version\":\"1.1.0\",\"application\":0,\"nodes\":\"all\","
                                + "\"strategy\":\"canary\",\"canary\":1,\"wave\":5,\"watchSeconds\":10.0,"
                                + "\"health\":{\"failures\":3,\"leastThroughput\":0.5,\"pauseMillis\":1000},\"shadowSeconds\":0.0}");
        assertThat(PlanJson.parse(PlanJson.of(plan))).isEqualTo(plan);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{'colour':1} | a plan has no member 'colour'",
                "{'health':{'colour':1}} | the health of a plan has no member 'colour'",
                "{'health':7} | the health of a plan is an object, not 7",
                "{'version':7} | 'version' is text, not 7",
                "{'version':'new'} | a rollout brings one version, written as 1.2.3, not 'new'",
                "{'nodes':[]} | a list of at least one, or \"all\"",
                "{'nodes':[7]} | 'nodes' is text, not 7",
                "{'nodes':['n1','n1']} | a rollout names each node once",
                "{'strategy':'blue'} | the strategy of a plan is all or canary, not 'blue'",
                "{'canary':0} | a rollout has at least 1 canary, not 0",
                "{'canary':1.5} | 'canary' is a whole number",
                "{'wave':-1} | 'wave' is a whole number",
                "{'application':4294967296} | 'application' is a whole number of at most 4294967295",
                "{'watchSeconds':3601} | a rollout watches each node for 0 s to 1 h, not 3601000 ms",
                "{'watchSeconds':'x'} | 'watchSeconds' is a number, not \"x\"",
                "{'shadowSeconds':-1} | the shadow of a rollout runs for 0 s to 1 h, not -1000 ms",
                "{'health':{'failures':0}} | a rollout goes back at 1 to 1000000 failed calls, not 0",
                "{'health':{'leastThroughput':2}} | 0 to 1 of the one before, not 2.0",
                "{'watchSeconds':NaN} | 'watchSeconds' is a number, not",
                "{'shadowSeconds':1e999} | 'shadowSeconds' is a finite number, not 1e999",
                "{'watchSeconds':-0.001} | a rollout watches each node for 0 s to 1 h, not -1 ms",
                "{'canary':-3} | 'canary' is a whole number",
                "{'wave':0} | a wave of a rollout has at least 1 node, not 0",
                "{'wave':NaN} | 'wave' is a number, not",
                "{'health':{'failures':-1}} | 'failures' is a whole number",
                "{'health':{'leastThroughput':NaN}} | 'leastThroughput' is a number, not",
                "{'health':{'leastThroughput':-0.1}} | 0 to 1 of the one before, not -0.1",
                "{'health':{'pauseMillis':1e300}} | 1 ms to 1 min",
                "{'health':{'pauseMillis':0}} | 1 ms to 1 min, not 0 ms",
                "{'health':{'pauseMillis':0.001}} | 1 ms to 1 min, not 0.001 ms",
                "{'health':{'pauseMillis':60001}} | 1 ms to 1 min, not 60001 ms",
            })
    void a_wrong_value_is_refused_with_the_rule(String more, String sentence) {
        var json = JsonParser.parseString("{\"algorithm\":\"relay\",\"version\":\"1.1.0\"}")
                .getAsJsonObject();
        JsonParser.parseString(more.replace('\'', '"'))
                .getAsJsonObject()
                .asMap()
                .forEach(json::add);

        assertRefused(() -> PlanJson.parse(json), sentence);
    }
}

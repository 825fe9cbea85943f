package ioverlay.shell;

import static org.assertj.core.api.Assertions.assertThat;

import ioverlay.api.NodeId;
import ioverlay.api.observer.Rollout;
import ioverlay.api.observer.RolloutPlan;
import ioverlay.api.observer.RolloutPlan.Health;
import ioverlay.api.observer.RolloutPlan.Strategy;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RolloutCommandTest {
    private final FakeContainer fake = new FakeContainer().with("a", FakeContainer.slot(0, "serving", 0));
    private final Typing typing = new Typing(fake);

    @AfterEach
    void leave() {
        typing.close();
    }

    @Test
    void startTakesAllThatAPlanHolds() {
        typing.type(
                "rollout start relay 1.1.0 --nodes a,127.0.0.1:7002 --slot 7 --at-once --canary 2 --wave 3 --watch 2s"
                        + " --failures 9 --throughput 0.25 --pause 200ms --shadow 4s");

        assertThat(fake.rollouts.started)
                .containsExactly(new RolloutPlan(
                        "relay",
                        "1.1.0",
                        7,
                        List.of("a", "127.0.0.1:7002"),
                        Strategy.ALL,
                        2,
                        3,
                        Duration.ofSeconds(2),
                        new Health(9, 0.25, Duration.ofMillis(200)),
                        Duration.ofSeconds(4)));
    }

    @Test
    void startHasTheDefaultsOfAPlan() {
        typing.type("rollout start relay 1.1.0");

        assertThat(fake.rollouts.started).containsExactly(new RolloutPlan("relay", "1.1.0"));
    }

    @Test
    void whatItSaysIsOnePageAndHarmless() {
        assertThat(typing.type("rollout show 1").lines())
                .hasSize(4)
                .startsWith(
                        "rollout 1 of relay 1.1.0: running, wave 1 of 1, 1 of 1 slots switched", "wave 1 of 1 begins")
                .anyMatch(
                        line -> line.matches("a +127.0.0.1:7001 +4294967295 +1 +switched +1.0.0 +1.1.0 +0.85 ms +it.*"))
                .noneMatch(line -> line.contains("\u001b"));
    }

    @ParameterizedTest
    @CsvSource({"RUNNING, waiting", "RETURNED, not touched"})
    void aSlotWhoseTurnNeverCameDoesNotWaitAnyMoreWhenTheRolloutIsOver(Rollout.State state, String shown) {
        fake.rollouts.one = new Rollout(
                1,
                state,
                new RolloutPlan("relay", "1.1.0"),
                "so it is",
                Instant.EPOCH,
                state.isEnd() ? Optional.of(Instant.EPOCH) : Optional.empty(),
                List.of(List.of(NodeId.parse("127.0.0.1:7001"))),
                1,
                List.of(new Rollout.Visit(
                        NodeId.parse("127.0.0.1:7001"),
                        "a",
                        1,
                        1,
                        Rollout.Step.WAITING,
                        "1.0.0",
                        "1.1.0",
                        OptionalLong.empty(),
                        "")));

        assertThat(typing.type("rollout show 1").lines())
                .last()
                .asString()
                .matches("a +127.0.0.1:7001 +1 +1 +" + shown + " +1.0.0 +1.1.0 *");
    }

    @Test
    void theListHasALineForEachAndScriptsGetObjects() throws Exception {
        assertThat(typing.type("rollout list").lines())
                .hasSize(2)
                .last()
                .asString()
                .matches(" +1 +running +relay +1.1.0 +1 of 1 +1 of 1 .*wave 1 of 1 begins");
        assertThat((List<?>) typing.session.execute("rollout list")).hasOnlyElementsOfType(Rollout.class);
        assertThat(typing.session.execute("(rollout show 1) state")).isEqualTo(Rollout.State.RUNNING);
    }

    @Test
    void oneIsPausedResumedAndAborted() {
        assertThat(typing.type("rollout pause 1")).contains("paused");
        assertThat(typing.type("rollout resume 1")).contains("running");
        assertThat(typing.type("rollout abort 1")).contains("returning");
        assertThat(fake.rollouts.asked).containsExactly("pause 1 by shell", "resume 1 by shell", "abort 1 by shell");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "rollout | rollout is start, list, show, pause, resume or abort",
                "rollout show 2 | there is no rollout 2",
                "rollout show x | the number of a rollout is a whole number, not 'x'",
                "rollout start relay | Missing required parameter",
                "rollout start relay 1.x | a rollout brings one version, written as 1.2.3, not '1.x'",
                "rollout start relay 1.1.0 --canary 0 | a rollout has at least 1 canary, not 0",
                "rollout start relay 1.1.0 --watch 2h | a rollout watches each node for 0 s to 1 h",
            })
    void whatIsWrongIsASentence(String line, String sentence) {
        assertThat(typing.typeWrong(line)).contains(sentence).hasLineCount(1);
        assertThat(fake.rollouts.started).isEmpty();
    }
}

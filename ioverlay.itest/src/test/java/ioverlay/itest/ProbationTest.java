package ioverlay.itest;

import static ioverlay.itest.CounterSlot.SHORT;
import static ioverlay.itest.CounterSlot.SLOT;
import static ioverlay.itest.CounterSlot.result;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import ioverlay.api.container.ApplicationSpec;
import ioverlay.api.container.NodeSpec;
import ioverlay.api.container.NodeStatus;
import ioverlay.api.container.Probation;
import ioverlay.api.container.SlotSpec;
import ioverlay.api.container.SwapPhase;
import ioverlay.api.container.SwapRequest;
import ioverlay.api.container.SwapResult;
import ioverlay.api.container.SwapResult.Outcome;
import ioverlay.itest.algorithms.Failing;
import ioverlay.itest.algorithms.Silent;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

/** What happens between the switch and the end of the probation. */
final class ProbationTest extends CounterSlotTest {
    @Test
    void aVersionThatBehavesStaysAndEachPhaseIsTold() throws Exception {
        List<SwapPhase> phases = new CopyOnWriteArrayList<>();
        SwapResult swap =
                result(counter.container.swaps().swap(counter.to("1.1.0").withProbation(SHORT), phase -> {
                    phases.add(phase);
                    throw new IllegalStateException("a listener that throws is no reason to stop");
                }));
        assertThat(swap.outcome()).as(swap.sentence()).isEqualTo(Outcome.SWITCHED);
        assertThat(swap.sentence())
                .isEqualTo("counter 1.1.0 serves instead of counter 1.0.0 and has passed its probation of 200 ms");
        assertThat(phases).containsExactly(SwapPhase.values());
        assertThat(swap.took().get(SwapPhase.PROBATION)).isGreaterThanOrEqualTo(Duration.ofMillis(200));
        assertThat(counter.slot().previous()).isEqualTo("1.0.0");
        counter.count(1, 3);
    }

    @Test
    void aVersionThatFailsTooOftenGoesBackWithItsStateAndNothingIsLost() throws Exception {
        counter.deploy("1.2.0", Failing.class);
        CompletableFuture<SwapResult> swap = counter.onProbation("1.2.0");
        for (int at = 0; at < 4; at++) {
            counter.count();
        }
        SwapResult back = result(swap);
        assertThat(back.outcome()).isEqualTo(Outcome.RETURNED);
        assertThat(back.reached()).isEqualTo(SwapPhase.PROBATION);
        assertThat(back.sentence())
                .contains("counter 1.0.0 is back", "cannot count beyond 3", "Failing.process")
                .contains("processed 3 messages at which counter 1.2.0 failed");
        assertThat(back.redone()).isEqualTo(3);
        assertThat(back.forgotten()).isZero();
        counter.awaitServing("1.0.0");
        assertThat(counter.slot().swaps()).isZero();
        assertThat(counter.sentences("swap")).last().asString().contains("returned", "cannot count beyond 3");
        counter.count(1, counter.slot().detail().get("count").getAsInt() + 1);
    }

    @Test
    void onProbationTheSlotIsNotSwappedAndARollbackEndsItAtOnce() throws Exception {
        CompletableFuture<SwapResult> swap = counter.onProbation("1.1.0");
        counter.count(1, 3);
        SwapResult refused = counter.swap("1.0.0", SHORT);
        assertThat(refused.outcome()).isEqualTo(Outcome.REFUSED);
        assertThat(refused.sentence())
                .contains("slot 5 is on probation of counter 1.1.0 for another", "ms; a rollback ends it");
        assertThat(counter.container.swaps().why("a", SLOT))
                .anyMatch(sentence -> sentence.contains("counter 1.1.0 is on probation for another"));

        SwapResult rollback = counter.rollback();
        assertThat(rollback.outcome()).as(rollback.sentence()).isEqualTo(Outcome.SWITCHED);
        assertThat(rollback.to()).isEqualTo("1.0.0");
        assertThat(result(swap).outcome()).isEqualTo(Outcome.RETURNED);
        assertThat(result(swap).sentence()).contains("counter 1.0.0 is back", "rollback");
        assertThat(counter.slot().version()).isEqualTo("1.0.0");
        assertThat(counter.slot().probationMillis()).isZero();
        counter.count(1, 4);
    }

    @Test
    void otherSlotsOfTheNodeAreSwappedMeanwhile() throws Exception {
        counter.container
                .nodes()
                .create(NodeSpec.named("b")
                        .withSlot(6, SlotSpec.of("counter").withVersions("[1.0,1.1)"))
                        .withSlot(7, SlotSpec.of("counter").withVersions("[1.0,1.1)")));
        SwapRequest six = new SwapRequest("b", 6, "counter", "[1.1,2)").withProbation(CounterSlot.LONG);
        CompletableFuture<SwapResult> slow = counter.container.swaps().swap(six);
        SwapRequest seven = new SwapRequest("b", 7, "counter", "[1.1,2)").withProbation(SHORT);
        assertThat(result(counter.container.swaps().swap(seven)).outcome()).isEqualTo(Outcome.SWITCHED);
        assertThat(slow).isNotDone();
        result(counter.container.swaps().rollback("b", 6, ""));
        assertThat(result(slow).outcome()).isEqualTo(Outcome.RETURNED);
    }

    @Test
    void aNewVersionWhoseBundleIsStoppedGoesBack() throws Exception {
        CompletableFuture<SwapResult> swap = counter.onProbation("1.1.0");
        counter.count(1, 3);
        counter.container.bundle("counter", "1.1.0").stop();
        assertThat(counter.slot().version()).isEqualTo("1.0.0");
        assertThat(counter.slot().state()).isEqualTo("serving");
        assertThat(result(swap).outcome()).isEqualTo(Outcome.RETURNED);
        assertThat(result(swap).sentence()).contains("the bundle of counter 1.1.0 was stopped");
        counter.count(1, 4);
    }

    @Test
    void anOldVersionWhoseBundleIsUninstalledLeavesTheNewOneForGood() throws Exception {
        CompletableFuture<SwapResult> swap = counter.onProbation("1.1.0");
        counter.container.bundle("counter", "1.0.0").uninstall();
        SwapResult stays = result(swap);
        assertThat(stays.outcome()).isEqualTo(Outcome.SWITCHED);
        assertThat(stays.sentence())
                .contains("its probation ended early: the bundle of the version before was stopped");
        assertThat(counter.slot().version()).isEqualTo("1.1.0");
        counter.count(1, 3);
    }

    @Test
    void aNodeThatIsRemovedEndsTheProbation() throws Exception {
        CompletableFuture<SwapResult> swap = counter.onProbation("1.1.0");
        counter.container.nodes().remove("a");
        assertThat(result(swap).sentence()).contains("counter 1.1.0", "ended");
    }

    @Test
    void aContainerThatClosesEndsTheProbation() throws Exception {
        CompletableFuture<SwapResult> swap = counter.onProbation("1.1.0");
        counter.container.bundle("ioverlay.container", "1.0.0").stop();
        assertThat(result(swap).outcome()).isEqualTo(Outcome.RETURNED);
        assertThat(result(swap).sentence()).contains("the container is closing");
    }

    @Test
    void settingsGoWithTheVersionAndComeBackWithIt() throws Exception {
        JsonObject settings = new JsonObject();
        settings.addProperty("pace", 3);
        SwapRequest same = counter.to("1.0.0").withSettings(settings).withProbation(SHORT);
        assertThat(result(counter.container.swaps().swap(same)).outcome()).isEqualTo(Outcome.SWITCHED);
        SwapResult again = result(counter.container.swaps().swap(same));
        assertThat(again.sentence()).isEqualTo("the slot already serves counter 1.0.0 with these settings");
        assertThat(counter.rollback().request().settings()).contains(new JsonObject());
        counter.count(1, 3);
    }

    @Test
    void aVersionThatSendsTooLittleGoesBack() throws Exception {
        counter.close();
        counter = new CounterSlot(directory, Map.of());
        LiveContainer container = counter.container;
        container
                .context()
                .installBundle(Jars.ours("ioverlay.app").toUri().toString())
                .start();
        container.repository().add(Jars.ours("ioverlay.algo.relay").toUri());
        container
                .repository()
                .add(TestBundle.of("silent", "2.0.0")
                        .algorithm("silent", Silent.class)
                        .write(directory)
                        .toUri());
        NodeStatus sink = container.nodes().create(NodeSpec.named("sink").withSlot(1, SlotSpec.of("relay")));
        JsonArray next = new JsonArray();
        next.add(sink.id().toString());
        JsonObject settings = new JsonObject();
        settings.add("next", next);
        container
                .nodes()
                .create(NodeSpec.named("source")
                        .withSlot(1, SlotSpec.of("relay").withSettings(settings)));
        JsonObject rate = new JsonObject();
        rate.addProperty("bytesPerSecond", 200_000);
        rate.addProperty("payload", 1_000);
        container.nodes().start("source", new ApplicationSpec("source.cbr", 1, rate));
        Await.until(
                "it flows",
                () -> container
                                .nodes()
                                .status("sink")
                                .orElseThrow()
                                .slots()
                                .getFirst()
                                .processed()
                        > 20);

        SwapResult back = result(container
                .swaps()
                .swap(new SwapRequest("source", 1, "silent", "0")
                        .withProbation(new Probation(Duration.ofMillis(500), 3, 0.5))));
        assertThat(back.outcome()).as(back.sentence()).isEqualTo(Outcome.RETURNED);
        assertThat(back.sentence())
                .contains("relay 1.0.0 is back", "in second 1 of its probation silent 2.0.0 sent 0 bytes/s", "50 %");
    }
}

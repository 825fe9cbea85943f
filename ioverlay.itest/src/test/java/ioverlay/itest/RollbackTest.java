package ioverlay.itest;

import static ioverlay.itest.CounterSlot.SHORT;
import static ioverlay.itest.CounterSlot.SLOT;
import static ioverlay.itest.CounterSlot.result;
import static org.assertj.core.api.Assertions.assertThat;

import ioverlay.api.container.NodeSpec;
import ioverlay.api.container.NodeStatus.SlotStatus;
import ioverlay.api.container.Probation;
import ioverlay.api.container.Repository.Offer;
import ioverlay.api.container.SlotSpec;
import ioverlay.api.container.SwapRequest;
import ioverlay.api.container.SwapResult;
import ioverlay.api.container.SwapResult.Outcome;
import ioverlay.itest.algorithms.Counter;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The way back after the probation, commands that act once, and versions that live side by side. */
final class RollbackTest extends CounterSlotTest {
    @Test
    void aSlotGoesBackAndForthWithItsStateAlsoToVersionsThatWereRetired() throws Exception {
        counter.swap("1.1.0", Probation.NONE);
        counter.awaitEvent("bundle.retired", "counter 1.0.0");
        assertThat(counter.container.bundles("counter")).hasSize(1);
        assertThat(counter.container.repository().algorithms())
                .extracting(Offer::version, Offer::state)
                .contains(org.assertj.core.api.Assertions.tuple("1.0.0", "stored"));
        counter.count(1, 3);

        SwapResult back = counter.rollback();
        assertThat(back.outcome()).as(back.sentence()).isEqualTo(Outcome.SWITCHED);
        assertThat(back.to()).isEqualTo("1.0.0");
        assertThat(counter.slot().previous()).isEqualTo("1.1.0");
        counter.count(1, 4);

        assertThat(counter.rollback().to()).isEqualTo("1.1.0");
        counter.count(1, 5);
    }

    @Test
    void aSlotThatWasNeverSwappedHasNoWayBackAndAnUnknownOneNeither() throws Exception {
        assertThat(counter.rollback().sentence()).isEqualTo("slot 5 has no version to go back to");
        String address =
                counter.container.nodes().status("a").orElseThrow().id().toString();
        assertThat(result(counter.container.swaps().rollback(address, SLOT, "")).outcome())
                .isEqualTo(Outcome.REFUSED);
        assertThat(counter.container.events().recent().getLast().node()).isEqualTo("a");
        assertThat(result(counter.container.swaps().rollback("b", SLOT, "")).sentence())
                .contains("no node 'b'");
        assertThat(result(counter.container.swaps().rollback("a", 8, "")).sentence())
                .contains("no slot 8");
    }

    @Test
    void aCommandWithAnIdActsOnce() throws Exception {
        SwapRequest request = counter.to("1.1.0").withProbation(SHORT).withId("deploy-1");
        CompletableFuture<SwapResult> first = counter.container.swaps().swap(request);
        CompletableFuture<SwapResult> second = counter.container.swaps().swap(request);
        assertThat(result(first).outcome()).isEqualTo(Outcome.SWITCHED);
        assertThat(result(second)).isEqualTo(result(first));
        SwapResult back = result(counter.container.swaps().rollback("a", SLOT, "back-1"));
        assertThat(result(counter.container.swaps().rollback("a", SLOT, "back-1")))
                .isEqualTo(back);
        assertThat(result(counter.container.swaps().swap(request))).isEqualTo(result(first));
        assertThat(counter.slot().version()).isEqualTo("1.0.0");
    }

    @Test
    void aCommandThatWasRefusedMayBeTriedAgainWithItsId() throws Exception {
        SwapRequest request = counter.to("1.3.0").withProbation(SHORT).withId("deploy-2");
        assertThat(result(counter.container.swaps().swap(request)).outcome()).isEqualTo(Outcome.REFUSED);
        counter.deploy("1.3.0", Counter.class);
        assertThat(result(counter.container.swaps().swap(request)).outcome()).isEqualTo(Outcome.SWITCHED);
    }

    @Test
    void nodesOfOneContainerRunVersionsSideBySideSwitchedOneByOneOrAllAtOnce() throws Exception {
        for (String name : List.of("b", "c")) {
            counter.container
                    .nodes()
                    .create(NodeSpec.named(name)
                            .withSlot(SLOT, SlotSpec.of("counter").withVersions("[1.0,1.1)")));
        }
        assertThat(counter.swap("1.1.0", SHORT).outcome()).isEqualTo(Outcome.SWITCHED);
        assertThat(versions()).containsExactly("1.1.0", "1.0.0", "1.0.0");

        List<CompletableFuture<SwapResult>> all = Stream.of("a", "b", "c")
                .map(node -> new SwapRequest(node, SLOT, "counter", node.equals("a") ? "[1.0,1.1)" : "[1.1,2)"))
                .map(request -> counter.container.swaps().swap(request.withProbation(SHORT)))
                .toList();
        for (CompletableFuture<SwapResult> swap : all) {
            assertThat(result(swap).outcome()).as(result(swap).sentence()).isEqualTo(Outcome.SWITCHED);
        }
        assertThat(versions()).containsExactly("1.0.0", "1.1.0", "1.1.0");
    }

    private List<String> versions() {
        return counter.container.nodes().list().stream()
                .map(node -> node.slots().getFirst())
                .map(SlotStatus::version)
                .toList();
    }

    @Test
    void whySaysWhatServesWhatHappenedAndWhatARollbackTakes() throws Exception {
        counter.swap("1.1.0", SHORT);
        counter.awaitEvent("bundle.retired", "counter 1.0.0");
        counter.swap("7.0.0", SHORT);
        assertThat(String.join("\n", counter.container.swaps().why("a", SLOT)))
                .contains("slot 5 of node 'a' is served by counter 1.1.0 since")
                .contains("its last swap was refused in phase VERIFY: no algorithm 'counter' in versions [7.0.0,7.0.0]")
                .contains("versions that can be had: counter 1.1.0")
                .contains("a rollback takes counter 1.0.0");
        counter.container.bundle("counter", "1.1.0").stop();
        assertThat(String.join("\n", counter.container.swaps().why("a", SLOT)))
                .contains("is parked since", "the bundle of counter 1.1.0 was stopped", "nothing is lost")
                .contains("what would bring it back: counter in versions [1.1.0,1.1.0]");
    }
}

package ioverlay.itest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import ioverlay.api.container.NodeSpec;
import ioverlay.api.container.NodeStatus.SlotStatus;
import ioverlay.api.container.Probation;
import ioverlay.api.container.Repository.Offer;
import ioverlay.api.container.SlotSpec;
import ioverlay.api.container.SwapPhase;
import ioverlay.api.container.SwapRequest;
import ioverlay.api.container.SwapResult;
import ioverlay.api.container.SwapResult.Outcome;
import ioverlay.itest.algorithms.Counter;
import ioverlay.itest.algorithms.Hanging;
import ioverlay.itest.algorithms.Unfit;
import ioverlay.itest.algorithms.Vetoing;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Hot swap of the real relay in a real framework. */
final class SwapTest {
    private static final int SLOT = 0;
    private static final Probation SHORT = Probation.STANDARD.lasting(Duration.ofMillis(100));

    @TempDir
    private Path directory;

    private LiveContainer container;

    @BeforeEach
    void boot() throws Exception {
        container = LiveContainer.with(Jars.ours("ioverlay.algo.relay"));
        container.nodes().create(NodeSpec.named("a").withSlot(SLOT, SlotSpec.of("relay")));
    }

    @AfterEach
    void stop() throws Exception {
        container.close();
    }

    private SwapResult swap(SwapRequest request) throws Exception {
        return container.swaps().swap(request).get(30, TimeUnit.SECONDS);
    }

    private SwapResult swap(String versions) throws Exception {
        return swap(new SwapRequest("a", SLOT, "relay", versions).withProbation(SHORT));
    }

    private SlotStatus slot() {
        return container.nodes().status("a").orElseThrow().slots().getFirst();
    }

    private void assertRefused(SwapResult result, SwapPhase reached, String... inSentence) {
        assertThat(result.outcome()).isEqualTo(Outcome.REFUSED);
        assertThat(result.reached()).isEqualTo(reached);
        assertThat(result.sentence()).contains(inSentence);
        assertThat(slot().version()).isEqualTo("1.0.0");
        assertThat(slot().algorithm()).isEqualTo("relay");
        assertThat(slot().state()).isEqualTo("serving");
    }

    @Test
    void aSlotGoesToTheNextVersionAndBack() throws Exception {
        assertThat(container.repository().add(Jars.relay11().toUri()))
                .extracting(Offer::name, Offer::version)
                .containsExactly(tuple("relay", "1.1.0"));

        SwapResult there = swap("[1.1,2)");
        assertThat(there.outcome()).as(there.sentence()).isEqualTo(Outcome.SWITCHED);
        assertThat(there.from()).isEqualTo("1.0.0");
        assertThat(there.to()).isEqualTo("1.1.0");
        assertThat(there.reached()).isEqualTo(SwapPhase.RETIRE);
        assertThat(there.took()).containsOnlyKeys(SwapPhase.values());
        assertThat(slot().version()).isEqualTo("1.1.0");

        SwapResult back = swap("[1.0,1.1)");
        assertThat(back.outcome()).as(back.sentence()).isEqualTo(Outcome.SWITCHED);
        assertThat(slot().version()).isEqualTo("1.0.0");
        assertThat(slot().swaps()).isEqualTo(2);
        assertThat(container.nodes().status("a").orElseThrow().pauses().count()).isEqualTo(2);
        assertThat(container.events().recent())
                .filteredOn(event -> event.kind().equals("swap"))
                .hasSize(2);
    }

    @Test
    void swapsOfOneNodeHappenOneAfterTheOther() throws Exception {
        container.repository().add(Jars.relay11().toUri());
        CompletableFuture<SwapResult> last = new CompletableFuture<>();
        for (int at = 0; at < 20; at++) {
            String versions = at % 2 == 0 ? "[1.1,2)" : "[1.0,1.1)";
            last = container.swaps().swap(new SwapRequest("a", SLOT, "relay", versions).withProbation(Probation.NONE));
        }
        SwapResult result = last.get(30, TimeUnit.SECONDS);
        assertThat(result.outcome()).as(result.sentence()).isEqualTo(Outcome.SWITCHED);
        assertThat(slot().swaps()).isEqualTo(20);
    }

    @Test
    void theServingVersionIsNotSwappedForItself() throws Exception {
        assertRefused(swap("1.0"), SwapPhase.VERIFY, "already serves relay 1.0.0");
    }

    @Test
    void aVersionThatIsNotHereIsRefusedNamingWhatIs() throws Exception {
        assertRefused(swap("[3,4)"), SwapPhase.VERIFY, "[3.0.0,4.0.0)", "relay 1.0.0");
    }

    @Test
    void aMalformedRangeIsRefused() throws Exception {
        assertRefused(swap("newest"), SwapPhase.VERIFY, "version range", "newest");
    }

    @Test
    void anUnknownNodeOrSlotIsRefused() throws Exception {
        assertRefused(swap(new SwapRequest("b", SLOT, "relay", "0")), SwapPhase.VERIFY, "no node 'b'");
        assertRefused(swap(new SwapRequest("a", 7, "relay", "0")), SwapPhase.VERIFY, "no slot 7");
    }

    @Test
    void aVersionThatFailsItsOwnCheckIsRefused() throws Exception {
        container
                .repository()
                .add(TestBundle.of("unfit", "2.0.0")
                        .algorithm("unfit", Unfit.class)
                        .write(directory)
                        .toUri());
        assertRefused(
                swap(new SwapRequest("a", SLOT, "unfit", "0")), SwapPhase.START, "unfit 2.0.0", "the moon is not full");
    }

    @Test
    void aVersionThatVetoesTheStateIsRefused() throws Exception {
        container
                .repository()
                .add(TestBundle.of("vetoing", "2.0.0")
                        .algorithm("vetoing", Vetoing.class)
                        .write(directory)
                        .toUri());
        assertRefused(
                swap(new SwapRequest("a", SLOT, "vetoing", "0")),
                SwapPhase.MIGRATE,
                "vetoing 2.0.0",
                "cannot read what 1.0.0 wrote");
    }

    @Test
    void aVersionThatHangsIsRefusedAndTheNextSwapGoesOn() throws Exception {
        container.close();
        container = LiveContainer.with(
                Map.of("ioverlay.swap.limit.ms", "1000"),
                Jars.ours("ioverlay.algo.relay"),
                TestBundle.of("hanging", "2.0.0")
                        .algorithm("hanging", Hanging.class)
                        .write(directory));
        container.nodes().create(NodeSpec.named("a").withSlot(SLOT, SlotSpec.of("relay")));
        container.repository().add(Jars.relay11().toUri());
        assertRefused(swap(new SwapRequest("a", SLOT, "hanging", "0")), SwapPhase.START, "1000 ms");
        assertThat(swap("[1.1,2)").outcome()).isEqualTo(Outcome.SWITCHED);
    }

    @Test
    void aSwapMayChangeTheAlgorithm() throws Exception {
        container
                .repository()
                .add(TestBundle.of("counter", "1.0.0")
                        .algorithm("counter", Counter.class)
                        .write(directory)
                        .toUri());
        SwapResult result = swap(new SwapRequest("a", SLOT, "counter", "0").withProbation(SHORT));
        assertThat(result.outcome()).as(result.sentence()).isEqualTo(Outcome.SWITCHED);
        assertThat(slot().algorithm()).isEqualTo("counter");
    }

    @Test
    void aRemovedNodeIsNotSwapped() throws Exception {
        container.nodes().remove("a");
        assertThat(swap("1.0").sentence()).contains("no node 'a'");
    }
}

package ioverlay.itest;

import static ioverlay.itest.CounterSlot.SLOT;
import static ioverlay.itest.CounterSlot.result;
import static org.assertj.core.api.Assertions.assertThat;

import ioverlay.api.container.NodeSpec;
import ioverlay.api.container.Probation;
import ioverlay.api.container.SlotSpec;
import ioverlay.api.container.SwapResult;
import ioverlay.api.container.SwapResult.Outcome;
import ioverlay.itest.algorithms.Blocking;
import ioverlay.itest.algorithms.Counter;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Versions that do not come back from a call. */
final class StallTest {
    @TempDir
    private Path directory;

    private CounterSlot counter;

    @BeforeEach
    void boot() throws Exception {
        counter = new CounterSlot(directory, Map.of("ioverlay.turn.limit.ms", "200"));
        counter.deploy("1.1.0", Blocking.class);
        counter.count(2, 2);
    }

    @AfterEach
    void stop() throws Exception {
        counter.close();
    }

    @Test
    void onProbationTheSlotGoesBackAndTheResultNamesTheCall() throws Exception {
        CompletableFuture<SwapResult> swap = counter.onProbation("1.1.0");
        counter.count();
        assertThat(result(swap).outcome()).isEqualTo(Outcome.RETURNED);
        assertThat(result(swap).sentence()).contains("counter 1.0.0 is back", "Blocking.process");
        counter.awaitServing("1.0.0");
        counter.count(1, 4);
    }

    @Test
    void laterTheVersionBeforeComesBackOutOfTheStore() throws Exception {
        counter.swap("1.1.0", Probation.NONE);
        counter.awaitEvent("bundle.retired", "counter 1.0.0");
        counter.count();
        counter.awaitEvent("slot.returned", "counter 1.0.0 is back, since counter 1.1.0 stalled");
        counter.awaitServing("1.0.0");
        assertThat(counter.slot().previous()).isEmpty();
        counter.count(1, counter.slot().detail().get("count").getAsInt() + 1);
    }

    @Test
    void aSlotWithoutAVersionBeforeStaysParkedUntilASwapChooses() throws Exception {
        counter.container
                .nodes()
                .create(NodeSpec.named("b")
                        .withSlot(SLOT, SlotSpec.of("counter").withVersions("[1.1,2)")));
        counter.count("b");
        counter.awaitEvent("slot.parked", "counter 1.1.0 stalled, and there is no version before it");
        assertThat(String.join("\n", counter.container.swaps().why("b", SLOT)))
                .contains("is parked since", "counter 1.1.0 stalled")
                .contains("has stalled here and does not come back by itself");
        counter.deploy("1.2.0", Counter.class);
        Await.until(
                "another version that the slot allows comes",
                () -> counter.container
                        .nodes()
                        .status("b")
                        .orElseThrow()
                        .slots()
                        .getFirst()
                        .version()
                        .equals("1.2.0"));
    }
}

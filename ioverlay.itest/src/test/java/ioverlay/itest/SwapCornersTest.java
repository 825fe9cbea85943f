package ioverlay.itest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ioverlay.api.container.Probation;
import ioverlay.api.container.RefusedException;
import ioverlay.api.container.SwapResult;
import ioverlay.api.container.SwapResult.Outcome;
import ioverlay.itest.algorithms.Clinging;
import ioverlay.itest.algorithms.Counter;
import ioverlay.itest.algorithms.Looping;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two things that go wrong at the same moment, and bundles that do not let go. */
final class SwapCornersTest {
    @TempDir
    private Path directory;

    private CounterSlot counter;

    @BeforeEach
    void boot() throws Exception {
        System.clearProperty(Clinging.LET_GO);
        counter =
                new CounterSlot(directory, Map.of("ioverlay.swap.limit.ms", "4000", "ioverlay.turn.limit.ms", "1000"));
    }

    @AfterEach
    void stop() throws Exception {
        System.setProperty(Clinging.LET_GO, "true");
        counter.close();
        System.clearProperty(Clinging.LET_GO);
    }

    private void assertSwitched(String version) throws Exception {
        SwapResult result = counter.swap(version, Probation.NONE);
        assertThat(result.outcome()).as(result.sentence()).isEqualTo(Outcome.SWITCHED);
    }

    @Test
    void whoReplacesAVersionThatIsJustStallingIsNotTakenForIt() throws Exception {
        counter.deploy("1.1.0", Looping.class);
        counter.deploy("1.2.0", Counter.class);
        assertSwitched("1.1.0");
        counter.count();
        assertSwitched("1.2.0"); // begins while the call lasts, and ends before anybody has looked after the stall

        SwapResult after = counter.swap("1.2.0", Probation.NONE); // behind what the stall led to, in the same queue
        assertThat(after.sentence()).contains("already serves counter 1.2.0");
        counter.awaitServing("1.2.0");
        assertThat(counter.container.swaps().why("a", CounterSlot.SLOT).toString())
                .doesNotContain("1.2.0 stalled");
    }

    @Test
    void aBundleThatDoesNotTakeItsInstanceBackKeepsNeitherTheSlotNorTheAnswer() throws Exception {
        counter.deploy("1.1.0", Clinging.class);
        counter.deploy("1.2.0", Counter.class);
        assertSwitched("1.1.0");
        assertSwitched("1.2.0");
        assertSwitched("1.0.0");
    }

    @Test
    void aVersionThatIsSentBackAndDoesNotLetGoIsToldAsSentBack() throws Exception {
        counter.deploy("1.1.0", Clinging.class);
        counter.deploy("1.2.0", Counter.class);
        CompletableFuture<SwapResult> trial = counter.onProbation("1.1.0");
        SwapResult back = counter.rollback();
        assertThat(back.outcome()).as(back.sentence()).isEqualTo(Outcome.SWITCHED);
        SwapResult tried = CounterSlot.result(trial);
        assertThat(tried.outcome()).as(tried.sentence()).isEqualTo(Outcome.RETURNED);
        counter.awaitServing("1.0.0");
        assertSwitched("1.2.0");
    }

    @Test
    void aSlotIsParkedThoughTheOneWhoStopsTheBundleIsInterrupted() throws Exception {
        Thread.currentThread().interrupt();
        try {
            counter.container.bundle("counter", "1.0.0").stop();
        } finally {
            assertThat(Thread.interrupted()).as("still interrupted").isTrue();
        }
        assertThat(counter.slot().state()).isEqualTo("parked");
    }

    @Test
    void aCommandThatCannotEvenBeginIsRefusedEachTime() {
        String id = "x".repeat(65);
        for (int times = 0; times < 2; times++) {
            assertThatThrownBy(
                            () -> CounterSlot.result(counter.container.swaps().rollback("a", CounterSlot.SLOT, id)))
                    .isInstanceOf(RefusedException.class)
                    .hasMessageContaining("at most 64 characters");
        }
    }
}

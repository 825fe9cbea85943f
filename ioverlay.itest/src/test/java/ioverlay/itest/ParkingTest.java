package ioverlay.itest;

import static org.assertj.core.api.Assertions.assertThat;

import ioverlay.api.Message;
import ioverlay.api.MessageType;
import ioverlay.api.container.Event;
import ioverlay.api.container.NodeSpec;
import ioverlay.api.container.NodeStatus.SlotStatus;
import ioverlay.api.container.Probation;
import ioverlay.api.container.SlotSpec;
import ioverlay.api.container.SwapPhase;
import ioverlay.api.container.SwapRequest;
import ioverlay.api.container.SwapResult;
import ioverlay.itest.algorithms.Counter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleException;

/** Plain OSGi: bundles that are stopped, started and updated under a slot. */
final class ParkingTest {
    private static final int SLOT = 5;

    @TempDir
    private Path directory;

    private LiveContainer container;

    @BeforeEach
    void boot() throws Exception {
        container = LiveContainer.with(counter("1.0.0"));
        container.nodes().create(NodeSpec.named("a").withSlot(SLOT, SlotSpec.of("counter")));
        count();
        count();
        Await.until("both are counted", () -> slot().detail().get("count").getAsInt() == 2);
    }

    @AfterEach
    void stop() throws Exception {
        container.close();
    }

    private Path counter(String version) throws Exception {
        return TestBundle.of("counter", version)
                .algorithm("counter", Counter.class)
                .write(directory);
    }

    /** Another node runs both versions, so that no swap makes one of them leave. */
    private void keepBothInUse() {
        container
                .nodes()
                .create(NodeSpec.named("b")
                        .withSlot(1, SlotSpec.of("counter").withVersions("[1.0,1.1)"))
                        .withSlot(2, SlotSpec.of("counter").withVersions("[1.1,2)")));
    }

    private void count() {
        container
                .nodes()
                .tell(
                        "a",
                        Message.builder(
                                        container
                                                .nodes()
                                                .status("a")
                                                .orElseThrow()
                                                .id(),
                                        MessageType.CUSTOM)
                                .application(SLOT)
                                .build());
    }

    private SlotStatus slot() {
        return container.nodes().status("a").orElseThrow().slots().getFirst();
    }

    private void awaitServing(String version) {
        Await.until(
                version + " serves",
                () -> slot().state().equals("serving") && slot().version().equals(version));
    }

    @Test
    void aStoppedBundleParksTheSlotAndAStartedOneGetsItsState() throws Exception {
        Bundle bundle = container.bundle("counter", "1.0.0");
        bundle.stop();
        assertThat(slot().state()).isEqualTo("parked");
        bundle.start();
        awaitServing("1.0.0");
        assertThat(slot().detail().get("count").getAsInt()).isEqualTo(2);
        Await.until(
                "it is told that it was parked and serves again",
                () -> container.events().recent().stream()
                        .map(Event::kind)
                        .filter(kind -> kind.startsWith("slot."))
                        .toList()
                        .equals(List.of("slot.parked", "slot.resumed")));
    }

    @Test
    void anUpdatedBundleGetsTheStateOfTheOldOne() throws Exception {
        Bundle bundle = container.bundle("counter", "1.0.0");
        bundle.update(counter("1.0.1").toUri().toURL().openStream());
        awaitServing("1.0.1");
        assertThat(slot().detail().get("count").getAsInt()).isEqualTo(2);
    }

    @Test
    void aSlotThatNoSwapHasPinnedTakesAnotherVersion() throws Exception {
        container.repository().add(counter("1.1.0").toUri());
        assertThat(slot().version()).isEqualTo("1.0.0");
        container.bundle("counter", "1.0.0").stop();
        awaitServing("1.1.0");
        assertThat(slot().detail().get("count").getAsInt()).isEqualTo(2);
    }

    @Test
    void aSlotThatASwapHasPinnedWaitsForItsVersion() throws Exception {
        container.repository().add(counter("1.1.0").toUri());
        keepBothInUse();
        container
                .swaps()
                .swap(new SwapRequest("a", SLOT, "counter", "[1.1,2)").withProbation(Probation.NONE))
                .get(30, TimeUnit.SECONDS);
        Bundle pinned = container.bundle("counter", "1.1.0");
        pinned.stop();
        assertThat(slot().state()).isEqualTo("parked");
        container.bundle("counter", "1.0.0").stop();
        container.bundle("counter", "1.0.0").start();
        assertThat(slot().state()).isEqualTo("parked");
        pinned.start();
        awaitServing("1.1.0");
        assertThat(slot().detail().get("count").getAsInt()).isEqualTo(2);
    }

    @Test
    void aParkedSlotCanBeSwapped() throws Exception {
        container.bundle("counter", "1.0.0").stop();
        container.repository().add(counter("2.0.0").toUri());
        awaitServing("2.0.0");
        assertThat(slot().detail().get("count").getAsInt()).isEqualTo(2);
    }

    @Test
    void aVersionThatWasRestartedWhileItWasSwappedInServes() throws Exception {
        container.repository().add(counter("1.1.0").toUri());
        keepBothInUse();
        Bundle restless = container.bundle("counter", "1.1.0");
        SwapRequest request = new SwapRequest("a", SLOT, "counter", "[1.1,2)").withProbation(Probation.NONE);
        CompletableFuture<SwapResult> swap = container.swaps().swap(request, phase -> {
            if (phase == SwapPhase.MIGRATE) {
                restart(restless); // its instance is obtained and does not serve yet
            }
        });
        assertThat(swap.get(30, TimeUnit.SECONDS).sentence()).isNotEmpty();
        awaitServing("1.1.0");
        assertThat(slot().detail().get("count").getAsInt()).isEqualTo(2);
    }

    private static void restart(Bundle bundle) {
        try {
            bundle.stop();
            bundle.start();
        } catch (BundleException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void swapsAndStopsAtTheSameTimeNeitherBlockEachOtherNorLoseTheState() throws Exception {
        container.repository().add(counter("1.1.0").toUri());
        keepBothInUse();
        Bundle[] bundles = {container.bundle("counter", "1.0.0"), container.bundle("counter", "1.1.0")};
        String[] versions = {"[1.0,1.1)", "[1.1,2)"};
        long before = System.nanoTime();
        for (int round = 0; round < 40; round++) {
            CompletableFuture<SwapResult> swap = container
                    .swaps()
                    .swap(new SwapRequest("a", SLOT, "counter", versions[round % 2])
                            .withProbation(Probation.STANDARD.lasting(Duration.ofMillis(round % 3))));
            Bundle restless = bundles[round / 2 % 2];
            restless.stop();
            restless.start();
            assertThat(swap.get(30, TimeUnit.SECONDS).sentence()).isNotEmpty();
        }
        assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofSeconds(60));
        Await.until("the slot serves", () -> slot().state().equals("serving"));
        assertThat(slot().detail().get("count").getAsInt()).isEqualTo(2);
        count();
        Await.until("the slot works", () -> slot().detail().get("count").getAsInt() == 3);
    }

    @Test
    void aStoppedContainerLeavesNoThreadBehind() throws Exception {
        container.bundle("ioverlay.container", "1.0.0").stop();
        Await.until(
                "no thread of the container is left",
                () -> Thread.getAllStackTraces().keySet().stream()
                        .noneMatch(thread -> thread.getName().startsWith("overlay-")));
    }
}

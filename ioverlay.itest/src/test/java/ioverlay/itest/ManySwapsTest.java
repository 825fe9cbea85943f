package ioverlay.itest;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import ioverlay.api.container.ApplicationSpec;
import ioverlay.api.container.NodeSpec;
import ioverlay.api.container.NodeStatus.ApplicationStatus;
import ioverlay.api.container.Probation;
import ioverlay.api.container.SlotSpec;
import ioverlay.api.container.SwapRequest;
import ioverlay.api.container.SwapResult;
import ioverlay.api.container.SwapResult.Outcome;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.Bundle;

/** Swaps in a row on a node with traffic: nothing may grow with their number. */
class ManySwapsTest {
    private static final int APP = 3;
    private static final int WARM_UP = 50;
    private static final int SWAPS = 500;
    private static final int NEW_VERSIONS = 100;
    private static final Probation TINY = Probation.STANDARD.lasting(Duration.ofMillis(1));

    /** Of the JVM, what is used for the first time late. A version of the relay has three classes. */
    private static final int LATE_CLASSES = 25;

    private static final int LOOKS = 20;

    /** For each swap, of direct memory in use: one slab that is lost in every ten swaps makes 13 KiB. */
    private static final long LOST_BYTES = 8 << 10;

    @TempDir
    private Path directory;

    private LiveContainer container;
    private Slabs slabs;

    @BeforeEach
    void boot() throws Exception {
        container = LiveContainer.with(Jars.ours("ioverlay.algo.relay"), Jars.ours("ioverlay.app"));
        slabs = Slabs.of(container);
        container.repository().add(Jars.relay11().toUri());
        String below = create("b", new JsonArray());
        JsonArray next = new JsonArray();
        next.add(below);
        create("a", next);
        container.nodes().start("b", new ApplicationSpec("sink.counting", APP, new JsonObject()));
        JsonObject settings = new JsonObject();
        settings.addProperty("bytesPerSecond", 1_000_000);
        settings.addProperty("payload", 1000);
        container.nodes().start("a", new ApplicationSpec("source.cbr", APP, settings));
    }

    private String create(String name, JsonArray next) {
        JsonObject settings = new JsonObject();
        settings.add("next", next);
        settings.addProperty("deliver", next.isEmpty());
        SlotSpec slot = SlotSpec.of("relay").withVersions("[1.0,1.0.1)").withSettings(settings);
        return container
                .nodes()
                .create(NodeSpec.named(name).withSlot(APP, slot))
                .id()
                .toString();
    }

    @AfterEach
    void stop() throws Exception {
        container.close();
    }

    private void swap(String versions) throws Exception {
        SwapResult result = container
                .swaps()
                .swap(new SwapRequest("a", APP, "relay", versions).withProbation(TINY))
                .get(30, TimeUnit.SECONDS);
        assertThat(result.outcome()).as(result.sentence()).isEqualTo(Outcome.SWITCHED);
    }

    private void swapBetweenInstalledVersions(int count) throws Exception {
        for (int swap = 0; swap < count; swap++) {
            swap(swap % 2 == 0 ? "[1.1,1.2)" : "[1.0,1.0.1)");
        }
    }

    /** Each version comes as a bundle of its own and leaves again when the next one serves. */
    private void swapToNewVersions(int first, int count) throws Exception {
        for (int micro = first; micro < first + count; micro++) {
            Path jar = Jars.relabelled(Jars.ours("ioverlay.algo.relay"), "1.0.0", "1.0." + micro, directory);
            container.repository().add(jar.toUri());
            swap("[1.0." + micro + ",1.0." + micro + "]");
            swap("[1.0,1.0.1)");
            uninstall("1.0." + micro);
        }
    }

    private void uninstall(String version) throws Exception {
        Optional<Bundle> left = container
                .bundles("ioverlay.algo.relay")
                .filter(bundle -> bundle.getVersion().toString().equals(version))
                .findFirst();
        if (left.isPresent()) {
            try {
                left.get().uninstall();
            } catch (IllegalStateException e) {
                // It was retired meanwhile, which is as good.
                assertThat(left.get().getState()).isEqualTo(Bundle.UNINSTALLED);
            }
        }
    }

    /** What was under way at one look has ended at another; what leaks is there at each. */
    private void assertNothingGrows(Resources before) throws Exception {
        Resources after = Resources.now(directory);
        for (int looks = 1; looks < LOOKS && !isLittle(after.since(before)); looks++) {
            after = Resources.now(directory);
        }
        Resources more = after.since(before);
        assertThat(more.classes()).as("classes, of %s", after).isLessThanOrEqualTo(LATE_CLASSES);
        assertThat(more.threads()).as("threads, of %s", after).isLessThanOrEqualTo(1);
        assertThat(more.virtualThreads()).as("virtual threads, of %s", after).isLessThanOrEqualTo(2);
        assertThat(more.files()).as("files, of %s", after).isLessThanOrEqualTo(1);
    }

    private static boolean isLittle(Resources more) {
        return more.classes() <= LATE_CLASSES && more.threads() <= 1 && more.virtualThreads() <= 2 && more.files() <= 1;
    }

    /** What is under way takes slabs too, but gives them back. */
    private void assertNoSlabLost(int swaps, long before) {
        Await.until(
                "direct memory in use is " + before + " bytes as before " + swaps + " swaps, or little more, not "
                        + slabs.leastBytesInUse(),
                () -> slabs.bytesInUse() - before <= swaps * LOST_BYTES);
    }

    private void assertNothingLost() {
        ApplicationStatus sink =
                container.nodes().status("b").orElseThrow().applications().getFirst();
        assertThat(sink.consumed()).isPositive();
        assertThat(sink.detail().get("lost").getAsLong()).isZero();
        assertThat(sink.detail().get("duplicated").getAsLong()).isZero();
        assertThat(sink.detail().get("reordered").getAsLong()).isZero();
    }

    @Test
    void fiveHundredSwapsBetweenInstalledVersionsLeaveNothingBehind() throws Exception {
        swapBetweenInstalledVersions(WARM_UP);
        Resources.now(directory); // looking loads classes too
        long bytesBefore = slabs.leastBytesInUse();
        Resources before = Resources.now(directory);
        swapBetweenInstalledVersions(SWAPS);
        assertNothingGrows(before);
        assertNoSlabLost(SWAPS, bytesBefore);
        assertNothingLost();
    }

    @Test
    void versionsThatComeAndGoTakeTheirClassesWithThem() throws Exception {
        swapToNewVersions(1, WARM_UP / 2);
        Resources.now(directory); // looking loads classes too
        long bytesBefore = slabs.leastBytesInUse();
        Resources before = Resources.now(directory);
        swapToNewVersions(WARM_UP, NEW_VERSIONS);
        assertNothingGrows(before);
        assertNoSlabLost(2 * NEW_VERSIONS, bytesBefore);
        assertNothingLost();
    }
}

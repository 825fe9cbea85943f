package ioverlay.itest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import ioverlay.api.container.ApplicationSpec;
import ioverlay.api.container.NodeSpec;
import ioverlay.api.container.NodeStatus.ApplicationStatus;
import ioverlay.api.container.Probation;
import ioverlay.api.container.RefusedException;
import ioverlay.api.container.SlotSpec;
import ioverlay.api.container.SwapRequest;
import ioverlay.api.container.SwapResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The real applications over real relays in a real framework: a tree with the root a, then b and c, then d below b. */
final class DistributionTest {
    private static final int APP = 7;
    private static final List<String> RECEIVERS = List.of("b", "c", "d");
    private static final int FILE_BYTES = 2_000_001;
    private static final int SMALLEST_BUFFER = 4 << 10;

    @TempDir
    private Path directory;

    private LiveContainer container;
    private Path file;

    @BeforeEach
    void boot() throws Exception {
        container = LiveContainer.with(Jars.ours("ioverlay.algo.relay"), Jars.ours("ioverlay.app"));
        container.repository().add(Jars.relay11().toUri());
        file = directory.resolve("film.mkv");
        byte[] content = new byte[FILE_BYTES];
        new Random(1).nextBytes(content);
        Files.write(file, content);
    }

    @AfterEach
    void stop() throws Exception {
        container.close();
    }

    private void tree(int bufferBytes) {
        String d = create("d", bufferBytes, List.of());
        String c = create("c", bufferBytes, List.of());
        String b = create("b", bufferBytes, List.of(d));
        create("a", bufferBytes, List.of(b, c));
    }

    private String create(String name, int bufferBytes, List<String> next) {
        JsonArray hops = new JsonArray();
        next.forEach(hops::add);
        JsonObject settings = new JsonObject();
        settings.add("next", hops);
        settings.addProperty("deliver", !name.equals("a"));
        SlotSpec slot = SlotSpec.of("relay").withVersions("[1.0,1.1)").withSettings(settings);
        NodeSpec spec = NodeSpec.named(name).withBufferBytes(bufferBytes).withSlot(0, slot);
        return container.nodes().create(spec).id().toString();
    }

    private void start(String node, String type, JsonObject settings) {
        container.nodes().start(node, new ApplicationSpec(type, APP, settings));
    }

    private void startSinks() throws Exception {
        for (String node : RECEIVERS) {
            JsonObject settings = new JsonObject();
            settings.addProperty(
                    "directory", Files.createDirectory(directory.resolve(node)).toString());
            start(node, "file.sink", settings);
        }
    }

    private void startSource(long bytesPerSecond) {
        JsonObject settings = new JsonObject();
        settings.addProperty("path", file.toString());
        settings.addProperty("bytesPerSecond", bytesPerSecond);
        start("a", "file.source", settings);
    }

    private JsonObject detail(String node) {
        ApplicationStatus status =
                container.nodes().status(node).orElseThrow().applications().getFirst();
        assertThat(status.failure()).isEmpty();
        return status.detail();
    }

    private String state(String node) {
        return detail(node).get("state").getAsString();
    }

    private boolean allIntact() {
        return RECEIVERS.stream().allMatch(node -> state(node).equals("intact"));
    }

    private void assertNothingMissed(String node) {
        JsonObject detail = detail(node);
        assertThat(List.of(detail.get("lost"), detail.get("duplicated"), detail.get("reordered")))
                .as("lost, duplicated, reordered at " + node)
                .hasToString("[0, 0, 0]");
    }

    private void assertAllReceived() {
        for (String node : RECEIVERS) {
            assertThat(directory.resolve(node).resolve("film.mkv")).hasSameBinaryContentAs(file);
            assertNothingMissed(node);
        }
    }

    private SwapResult swap(String node, String versions) throws Exception {
        return container
                .swaps()
                .swap(new SwapRequest(node, 0, "relay", versions).withProbation(Probation.NONE))
                .get(30, TimeUnit.SECONDS);
    }

    @Test
    void aFileArrivesBitByBitWhileEveryRelayIsSwappedThereAndBack() throws Exception {
        tree(NodeSpec.DEFAULT_BUFFER_BYTES);
        startSinks();
        startSource(500_000);
        int swapsUnderWay = 0;
        for (String versions : List.of("[1.1,2)", "[1.0,1.1)")) {
            for (String node : List.of("a", "b", "c", "d")) {
                SwapResult swap = swap(node, versions);
                assertThat(swap.outcome()).as(swap.sentence()).isEqualTo(SwapResult.Outcome.SWITCHED);
                swapsUnderWay += allIntact() ? 0 : 1;
            }
        }
        assertThat(swapsUnderWay).as("swaps while the file was under way").isPositive();
        Await.until("all intact", this::allIntact);
        assertAllReceived();
    }

    @Test
    void aFilePassesBuffersSmallerThanItsChunks() throws Exception {
        tree(SMALLEST_BUFFER);
        startSinks();
        startSource(1_000_000_000);
        Await.until("all intact", this::allIntact);
        assertAllReceived();
    }

    @Test
    void aBackToBackSourceLosesNothingOverSwapsUnderFullLoad() throws Exception {
        tree(NodeSpec.DEFAULT_BUFFER_BYTES);
        for (String node : RECEIVERS) {
            start(node, "sink.counting", new JsonObject());
        }
        start("a", "source.backtoback", new JsonObject());
        for (int round = 0; round < 5; round++) {
            assertThat(swap("b", "[1.1,2)").outcome()).isEqualTo(SwapResult.Outcome.SWITCHED);
            assertThat(swap("b", "[1.0,1.1)").outcome()).isEqualTo(SwapResult.Outcome.SWITCHED);
        }
        long before = detail("d").get("messages").getAsLong();
        Await.until("d goes on", () -> detail("d").get("messages").getAsLong() > before + 1000);
        RECEIVERS.forEach(this::assertNothingMissed);
    }

    @Test
    void aSinkThatIsStoppedInTheMiddleLeavesNothingBehind() throws Exception {
        tree(NodeSpec.DEFAULT_BUFFER_BYTES);
        startSinks();
        startSource(500_000);
        Await.until("d receives", () -> detail("d").get("bytes").getAsLong() > 0);
        container.nodes().stop("d", APP);
        try (Stream<Path> left = Files.list(directory.resolve("d"))) {
            assertThat(left).isEmpty();
        }
    }

    @Test
    void aFileThatCannotBeReadIsRefusedByName() throws Exception {
        tree(NodeSpec.DEFAULT_BUFFER_BYTES);
        Files.delete(file);
        assertThatThrownBy(() -> startSource(1))
                .isInstanceOf(RefusedException.class)
                .hasMessageContaining("cannot read '" + file + "': no such file or directory");
    }
}

package ioverlay.itest;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import ioverlay.api.container.ApplicationSpec;
import ioverlay.api.container.NodeSpec;
import ioverlay.api.container.SlotSpec;
import ioverlay.api.container.SwapRequest;
import ioverlay.api.container.SwapResult;
import ioverlay.itest.guide.Guide;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code run/overlay new} writes builds by itself, is taken by a container, and is replaced there as the guide says. */
final class AuthoringTest {
    private static final int APP = 1;

    @TempDir
    private Path directory;

    @Test
    void a_new_project_builds_runs_and_is_replaced() throws Exception {
        List<Guide.Block> blocks = Guide.read(Workspace.ROOT.resolve("docs/write-an-algorithm.md"));
        try (Author author = Author.in(directory);
                LiveContainer container =
                        LiveContainer.with(Jars.ours("ioverlay.algo.relay"), Jars.ours("ioverlay.app"))) {
            for (Guide.Block block : blocks) {
                if (!block.kind().equals("overlay") && !block.kind().equals("sh up")) {
                    author.follow(block);
                }
                if (block.kind().equals("sh up")) {
                    container
                            .repository()
                            .add(author.file("target/my.algo.deal-1.0.0.jar").toUri());
                    start(container);
                }
            }
            container
                    .repository()
                    .add(author.file("target/my.algo.deal-1.1.0.jar").toUri());
            SwapResult swap = container
                    .swaps()
                    .swap(new SwapRequest("a", APP, Author.PROJECT, "[1.1,2)"))
                    .get(30, TimeUnit.SECONDS);
            assertThat(swap.outcome()).as(swap.sentence()).isEqualTo(SwapResult.Outcome.SWITCHED);
            Await.until("the new version counts bytes", () -> meanBytes(container) > 0);
        }
    }

    private static void start(LiveContainer container) {
        String b = container
                .nodes()
                .create(NodeSpec.named("b").withSlot(APP, SlotSpec.of("relay")))
                .id()
                .toString();
        JsonArray next = new JsonArray();
        next.add(b);
        JsonObject settings = new JsonObject();
        settings.add("next", next);
        SlotSpec deal = SlotSpec.of(Author.PROJECT).withSettings(settings);
        container.nodes().create(NodeSpec.named("a").withSlot(APP, deal));
        container.nodes().start("b", new ApplicationSpec("sink.counting", APP, new JsonObject()));
        JsonObject rate = new JsonObject();
        rate.addProperty("bytesPerSecond", 400_000);
        container.nodes().start("a", new ApplicationSpec("source.cbr", APP, rate));
        Await.until("traffic flows", () -> messages(container) > 0);
    }

    private static JsonObject status(LiveContainer container) {
        return container.nodes().status("a").orElseThrow().slots().getFirst().detail();
    }

    private static long meanBytes(LiveContainer container) {
        return status(container).get("meanBytes").getAsLong();
    }

    private static long messages(LiveContainer container) {
        return status(container).get("messages").getAsLong();
    }
}

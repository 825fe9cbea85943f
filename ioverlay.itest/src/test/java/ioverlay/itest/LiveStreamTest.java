package ioverlay.itest;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import ioverlay.api.container.ApplicationSpec;
import ioverlay.api.container.Network;
import ioverlay.api.container.NodeSpec;
import ioverlay.api.container.SlotSpec;
import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Real video, made by ffmpeg, over a chain of three real nodes, watched and decoded by ffmpeg. */
final class LiveStreamTest {
    private static final int APP = 5;
    private static final int SECONDS = 3;
    private static final int RATE = 25;

    @TempDir
    private Path folder;

    private LiveContainer container;

    @BeforeEach
    void boot() throws Exception {
        Ffmpeg.needed();
        container = LiveContainer.with(Jars.ours("ioverlay.algo.relay"), Jars.ours("ioverlay.app"));
    }

    @AfterEach
    void stop() throws Exception {
        if (container != null) {
            container.close();
        }
    }

    private String create(String name, List<String> next) {
        JsonArray hops = new JsonArray();
        next.forEach(hops::add);
        JsonObject settings = new JsonObject();
        settings.add("next", hops);
        settings.addProperty("deliver", !name.equals("source"));
        NodeSpec spec = NodeSpec.named(name).withSlot(0, SlotSpec.of("relay").withSettings(settings));
        return container.nodes().create(spec).id().toString();
    }

    private void start(String node, String setting, String value) {
        JsonObject settings = new JsonObject();
        settings.addProperty(setting, value);
        container.nodes().start(node, new ApplicationSpec("stream", APP, settings));
    }

    private JsonObject detail(String node) {
        return container
                .nodes()
                .status(node)
                .orElseThrow()
                .applications()
                .getFirst()
                .detail();
    }

    private static int freePort() throws IOException {
        try (DatagramSocket socket = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    @Test
    void what_an_encoder_sends_is_watched_and_recorded_at_the_other_end_without_any_error() throws Exception {
        String end = create("end", List.of());
        String middle = create("middle", List.of(end));
        create("source", List.of(middle));
        int port = freePort();
        Path recording = folder.resolve("end.ts");
        start("middle", "record", folder.resolve("middle.ts").toString());
        start("end", "record", recording.toString());
        start("source", "input", "udp://127.0.0.1:" + port);
        Process encoder = Ffmpeg.encode(SECONDS, port);
        Await.until("pictures arrive", () -> detail("end").get("pictures").getAsLong() > RATE);
        Process watcher = Ffmpeg.watch(detail("end").get("url").getAsString(), 1); // who comes late
        assertThat(Ffmpeg.output(encoder)).isEmpty();
        Await.until("all has arrived", () -> detail("end").get("pictures").getAsLong() == SECONDS * RATE);
        JsonObject seen = detail("end");
        container.nodes().stop("end", APP);
        container.nodes().stop("middle", APP);

        assertThat(Ffmpeg.output(watcher)).as("what the player complains about").isEmpty();
        assertThat(Ffmpeg.complaints(recording)).isEmpty();
        assertThat(Ffmpeg.codecs(recording)).containsExactlyInAnyOrder("h264", "aac");
        List<Double> pictures = Ffmpeg.pictures(recording);
        assertThat(pictures).hasSize(SECONDS * RATE);
        assertThat(longestStep(pictures)).isLessThan(0.041);
        assertThat(seen.get("skippedPictures").getAsLong()).isZero();
        assertThat(detail("source").get("continuityErrors").getAsLong()).isZero();
    }

    @Test
    void a_receiver_whose_line_is_too_slow_skips_whole_pictures_and_the_others_miss_none() throws Exception {
        String slow = create("slow", List.of());
        String fast = create("fast", List.of());
        create("source", List.of(slow, fast));
        JsonObject cap = new JsonObject();
        cap.addProperty("in", 130_000);
        container.service(Network.class).emulate("slow", cap);
        Path recording = folder.resolve("slow.ts");
        start("slow", "record", recording.toString());
        start("fast", "record", folder.resolve("fast.ts").toString());
        start("source", "input", "test"); // 250000 bytes a second
        Await.until("the slow one skips and goes on", () -> hasGoneOn(detail("slow")));
        container.nodes().stop("source", APP);
        container.nodes().stop("slow", APP);

        assertThat(detail("fast").get("skippedPictures").getAsLong()).isZero();
        assertThat(detail("fast").get("pictures").getAsLong())
                .isGreaterThan(Ffmpeg.pictures(recording).size());
        assertThat(longestStep(Ffmpeg.pictures(recording))).isGreaterThan(0.041);
        assertThat(Ffmpeg.complaints(recording)).isEmpty();
    }

    private static boolean hasGoneOn(JsonObject receiver) {
        return receiver.get("gaps").getAsLong() > 0
                && receiver.get("state").getAsString().equals("playing");
    }

    private static double longestStep(List<Double> times) {
        double longest = 0;
        for (int index = 1; index < times.size(); index++) {
            longest = Math.max(longest, times.get(index) - times.get(index - 1));
        }
        return longest;
    }
}

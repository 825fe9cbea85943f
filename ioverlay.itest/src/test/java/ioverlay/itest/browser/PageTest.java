package ioverlay.itest.browser;

import static org.assertj.core.api.Assertions.assertThat;

import ioverlay.api.NodeId;
import ioverlay.api.container.NodeSpec;
import ioverlay.api.container.NodeStatus.LinkStatus;
import ioverlay.itest.Await;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.Keys;
import org.openqa.selenium.interactions.Actions;

/** The page over twelve real nodes that carry a stream. */
final class PageTest {
    private static final int NODES = 12;
    private static final int PLACED = 9;

    private static Chromium browser;
    private static ObservedOverlay overlay;
    private static Map<String, NodeId> ids;

    @BeforeAll
    static void boot(@TempDir Path data) throws Exception {
        browser = Chromium.start();
        overlay = ObservedOverlay.in(data);
        ids = overlay.tree(NODES, PLACED, 5);
        overlay.flow();
    }

    @AfterAll
    static void end() throws Exception {
        if (browser != null) {
            browser.close();
        }
        if (overlay != null) {
            overlay.close();
        }
    }

    private static String route(String node) {
        return "#/node/" + ids.get(node).toString().replace(":", "%3A");
    }

    @Test
    void twelveNodesThatRegisterAppearOnTheMapEachWhereItCanBeClicked() {
        browser.look(1280, 800, "light");
        browser.open(overlay.web(), "#/map");
        browser.untilText("#map-summary", "12 nodes, 9 at their places, 3 without a location");
        browser.until("a scene of 12", "document.querySelector('canvas').scene.nodes.length === 12");
        assertThat(browser.js("""
                const {scene} = document.querySelector('canvas');
                return scene.nodes.filter(node => scene.at(...scene.seen(node))?.id === node.id).length;"""))
                .as("nodes that are found where they are drawn")
                .isEqualTo((long) NODES);
        assertThat(browser.js("""
                const {scene} = document.querySelector('canvas');
                await new Promise(requestAnimationFrame);
                const sea = scene.context.getImageData(2, 2, 1, 1).data.join();
                return scene.nodes.filter(node => {
                  const [x, y] = scene.seen(node);
                  return scene.context.getImageData(Math.round(x), Math.round(y), 1, 1).data.join() !== sea;
                }).length;""")).as("nodes that are drawn").isEqualTo((long) NODES);
        clickOnCanvas("n7");
        browser.untilText("h1", "n7");
        assertThat(browser.driver().getCurrentUrl()).endsWith(route("n7"));
    }

    private static void clickOnCanvas(String node) {
        List<?> at = (List<?>) browser.js("""
                const canvas = document.querySelector('canvas');
                const box = canvas.getBoundingClientRect();
                const [x, y] = canvas.scene.seen(canvas.scene.nodes.find(it => it.name === arguments[0]));
                return [Math.round(box.x + x), Math.round(box.y + y)];""", node);
        new Actions(browser.driver())
                .moveToLocation(((Number) at.get(0)).intValue(), ((Number) at.get(1)).intValue())
                .click()
                .perform();
    }

    @Test
    void movingABandwidthSliderChangesTheMeasuredThroughput() {
        browser.look(1280, 800, "light");
        browser.open(overlay.web(), route("n1"));
        browser.untilText("#cap-out-holds", "no cap");
        Await.until("the source's stream flows", () -> sent("n1") > ObservedOverlay.BYTES_PER_SECOND);
        // From no cap, at the right end, to the left end, 1 kB/s, and up to 100 kB/s.
        var slider = browser.find("#cap-out");
        slider.sendKeys(Keys.HOME);
        for (int page = 0; page < 3; page++) {
            slider.sendKeys(Keys.PAGE_UP);
        }
        browser.until(
                "what was asked holds",
                "document.querySelector('#cap-out-holds:not(.asked)')?.textContent.endsWith('kB/s')");
        long cap = overlay.container()
                .nodes()
                .status("n1")
                .orElseThrow()
                .emulation()
                .toJson()
                .get("out")
                .getAsLong();
        assertThat(cap).isBetween(1_000L, ObservedOverlay.BYTES_PER_SECOND / 2L);
        Await.until("the node sends no more than its cap", () -> sent("n1") < cap * 1.3);
        browser.until(
                "the page shows it",
                "[...document.querySelectorAll('.facts span')].some(it => it.textContent.startsWith('out') "
                        + "&& /^out [\\d.]+ (k?B)\\/s$/.test(it.textContent) && parseFloat(it.textContent.slice(4)) * (it.textContent.includes('kB') ? 1000 : 1) < arguments[0])",
                cap * 1.5);
        slider.sendKeys(Keys.END);
        browser.untilText("#cap-out-holds:not(.asked)", "no cap");
        Await.until("the stream is as fast as before", () -> sent("n1") > ObservedOverlay.BYTES_PER_SECOND);
    }

    private static double sent(String node) {
        return overlay.container().nodes().status(node).orElseThrow().downstreams().stream()
                .mapToDouble(LinkStatus::bytesPerSecond)
                .sum();
    }

    @Test
    void theStreamOfEventsComesBackAfterTheObserverRestartsAndThePageSaysSoMeanwhile() throws Exception {
        browser.look(1280, 800, "light");
        browser.open(overlay.web(), "#/overview");
        browser.untilText("#connection", "Live");
        browser.untilText("#total-live", String.valueOf(NODES));
        overlay.stopObserver();
        try {
            browser.untilText("#connection", "No connection");
            browser.untilText("#banner:not([hidden])", "this page reconnects by itself");
        } finally {
            overlay.startObserver();
        }
        browser.untilText("#connection", "Live");
        browser.until("the banner is gone", "document.querySelector('#banner').hidden");
        browser.untilText("#total-live", String.valueOf(NODES));
        // What happens now arrives over the new stream.
        overlay.container().nodes().create(NodeSpec.named("late"));
        browser.untilText("#total-live", String.valueOf(NODES + 1));
        overlay.container().nodes().remove("late");
        browser.untilText("#total-live", String.valueOf(NODES));
    }

    @Test
    void whatANodeSaysIsShownAsTextAndNeverAsMarkup() {
        browser.look(1280, 800, "light");
        browser.open(overlay.web(), "#/events?text=%3Cimg%20src%3Dx%20onerror%3D%22document.title%3D'owned'%22%3E");
        browser.untilText(".empty", "Nothing like that");
        browser.open(overlay.web(), "#/node/%3Cimg%20src%3Dx%3E");
        browser.untilText(".trouble", "<img src=x>");
        assertThat(browser.js("return document.querySelectorAll('main img').length"))
                .isEqualTo(0L);
    }
}

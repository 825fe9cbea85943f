package ioverlay.itest.browser;

import static org.assertj.core.api.Assertions.assertThat;

import ioverlay.api.container.Location;
import ioverlay.api.container.NodeSpec;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.openqa.selenium.interactions.Actions;

/** Where nodes are drawn: on the map at their places, in the graph apart from each other, and all where they can be clicked. */
abstract class Draws {
    private static final String SCENE = "document.querySelector('canvas').scene";
    private static final Location TORONTO = new Location(43.65, -79.38, "Toronto");

    private final Chromium browser = PageTest.browser();
    private final ObservedOverlay overlay = PageTest.overlay();

    @Test
    void nodesThatRegisterAppearOnTheMapAlsoThoseOfOnePlaceEachWhereItCanBeClicked() {
        List<String> guests = List.of("beside", "beside2", "nowhere");
        for (String guest : guests) {
            NodeSpec spec = NodeSpec.named(guest);
            overlay.container().nodes().create(guest.equals("nowhere") ? spec : spec.withLocation(TORONTO));
        }
        try {
            browser.open(overlay.web(), "#/map");
            browser.untilText("#map-summary", "15 nodes, 14 at their places, 1 without a location");
            browser.until("a scene of 15", SCENE + ".nodes.length === 15");
            assertThat(browser.js("""
                    const {scene} = document.querySelector('canvas');
                    await new Promise(requestAnimationFrame);
                    const sea = scene.context.getImageData(2, 2, 1, 1).data.join();
                    return scene.nodes.filter(node => {
                      const [x, y] = scene.seen(node);
                      return scene.context.getImageData(Math.round(x), Math.round(y), 1, 1).data.join() !== sea;
                    }).length;""")).as("nodes that are drawn").isEqualTo(15L);
            browser.until("each has its name beside it", SCENE + ".named.length === 15");
            for (String node : List.of("n1", "beside", "beside2", "nowhere", "n7")) {
                browser.go("#/map");
                browser.until("the map is there", SCENE + ".nodes.length === 15");
                clickOnCanvas(node);
                browser.untilText("h1", node);
            }
        } finally {
            guests.forEach(guest -> overlay.container().nodes().remove(guest));
        }
    }

    @Test
    void whatHappensIsRingedWithoutMotionForWhoWantsNone() {
        try {
            browser.open(overlay.web(), "#/map");
            browser.until("the map is drawn", SCENE + ".nodes.length === 12");
            assertThat(ringed("n9", 60, false))
                    .as("frames of 60 with a ring that grows")
                    .isBetween(1L, 59L);
            browser.calm();
            assertThat(ringed("n8", 30, true))
                    .as("frames of 30 with a ring that stands")
                    .isEqualTo(30L);
        } finally {
            browser.look(1280, 800, "light");
        }
    }

    /**
     * In how many of so many frames, each 16 ms or more, the standing ring's place above a node is drawn upon.
     *
     * @param lasts whether the ring is to last until the end, however slow the machine is: one that grows would begin anew
     */
    private long ringed(String name, int frames, boolean lasts) {
        return (long) browser.js("""
                const {scene} = document.querySelector('canvas');
                const node = scene.nodes.find(it => it.name === arguments[0]);
                const frame = () => new Promise(requestAnimationFrame);
                const above = () => {
                  const [x, y] = scene.seen(node);
                  return scene.context.getImageData(Math.round(x), Math.round(y - scene.radius(node) - 11), 1, 1).data.join();
                };
                await frame();
                const bare = above();
                scene.mark(node.id, 'ok');
                await frame();
                let drawn = 0;
                for (let i = 0; i < arguments[1]; i++) {
                  if (arguments[2]) scene.mark(node.id, 'ok');
                  await frame();
                  if (above() !== bare) drawn++;
                }
                return drawn;""", name, frames, lasts);
    }

    private void clickOnCanvas(String node) {
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

    /** Topologies that nobody has to boot: the page draws what the observer answers. */
    private static String answering(String shape) {
        return """
                const link = (a, b) => ({from: `n${a}`, to: `n${b}`, bytesPerSecond: 1000, queuedBytes: 0, roundTripMicros: 1});
                const shapes = {
                  tree() {
                    return Array.from({length: 29}, (_, i) => link(Math.floor((i + 2) / 2), i + 2));
                  },
                  mesh() {
                    return Array.from({length: 30}, (_, i) => [1, 2, 7].map(step => link(i + 1, (i + step) % 30 + 1))).flat();
                  },
                };
                const ask = window.fetch;
                window.fetch = (path, how) => {
                  if (!String(path).startsWith('api/topology')) return ask(path, how);
                  const nodes = Array.from({length: 30}, (_, i) => ({id: `n${i + 1}`, name: `n${i + 1}`, source: i === 0, algorithm: 'relay', version: '1.0.0'}));
                  return Promise.resolve(new Response(JSON.stringify({application: null, applications: [1], nodes, links: shapes.SHAPE()})));
                };""".replace("SHAPE", shape);
    }

    @ParameterizedTest(name = "a {0} in {1} px")
    @CsvSource({"tree, 1280", "tree, 390", "mesh, 1280", "mesh, 390"})
    void noTwoNodesOfTheGraphOverlapAndAllLieInSight(String shape, int width) throws IOException {
        browser.look(width, width == 390 ? 844 : 800, "light");
        try {
            browser.with(answering(shape), () -> {
                browser.open(overlay.web(), "#/graph");
                browser.until("all are laid out", SCENE + ".nodes.length === 30");
                assertThat((List<?>) browser.js("""
                    const {scene} = document.querySelector('canvas');
                    const wrong = [];
                    scene.nodes.forEach((a, i) => {
                      const [x, y] = scene.seen(a);
                      const r = scene.radius(a);
                      if (x < r || y < r || x > scene.size.width - r || y > scene.size.height - r) wrong.push(`${a.name} is at ${x}, ${y}`);
                      for (const b of scene.nodes.slice(i + 1)) {
                        const [u, v] = scene.seen(b);
                        if (Math.hypot(x - u, y - v) < r + scene.radius(b) + 1) wrong.push(`${a.name} and ${b.name}: ${Math.hypot(x - u, y - v)} px`);
                      }
                      if (scene.at(x, y) !== a) wrong.push(`${a.name} is covered`);
                    });
                    return wrong;""")).isEmpty();
            });
            browser.screenshot(Path.of("target", "page", "graph-" + shape + "-" + width + ".png"));
        } finally {
            browser.look(1280, 800, "light");
        }
    }
}

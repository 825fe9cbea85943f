package ioverlay.itest.browser;

import ioverlay.api.NodeId;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/**
 * The page over twelve real nodes that form a tree and carry a stream, booted once for all that is tested here. Each test
 * leaves the nodes as they were.
 */
final class PageTest {
    static final int NODES = 12;

    @RegisterExtension
    static final SharedBrowser BROWSER = new SharedBrowser();

    private static ObservedOverlay overlay;
    private static Map<String, NodeId> ids;

    @BeforeAll
    static void boot(@TempDir Path data) throws Exception {
        overlay = ObservedOverlay.in(data);
        ids = overlay.tree(NODES, NODES, NODES);
        overlay.flow();
    }

    @AfterAll
    static void end() throws Exception {
        browser().driver().get("about:blank");
        if (overlay != null) {
            overlay.close();
        }
    }

    static Chromium browser() {
        return BROWSER.get();
    }

    static ObservedOverlay overlay() {
        return overlay;
    }

    static NodeId id(String node) {
        return ids.get(node);
    }

    /** Where the page shows a node. */
    static String route(String node) {
        return "#/node/" + id(node).toString().replace(":", "%3A");
    }

    @Nested
    final class HowItLooks extends Looks {}

    @Nested
    final class WhatItShows extends Shows {}

    @Nested
    final class WhatItDraws extends Draws {}

    @Nested
    final class WhatItDoes extends Steers {}
}

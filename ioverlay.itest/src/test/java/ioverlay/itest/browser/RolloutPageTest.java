package ioverlay.itest.browser;

import static org.assertj.core.api.Assertions.assertThat;

import ioverlay.itest.Jars;
import ioverlay.itest.TestBundle;
import ioverlay.itest.algorithms.Refractory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Versions that are dragged into the page and rolled out from there, over nodes that carry a stream. */
final class RolloutPageTest {
    private static final int NODES = 6;

    @RegisterExtension
    static final SharedBrowser BROWSER = new SharedBrowser();

    private static Chromium browser;
    private static ObservedOverlay overlay;

    @BeforeAll
    static void boot(@TempDir Path data) throws Exception {
        browser = BROWSER.get();
        overlay = ObservedOverlay.in(data);
        overlay.tree(NODES, NODES, NODES);
        overlay.flow();
    }

    @AfterAll
    static void end() throws Exception {
        browser.driver().get("about:blank");
        if (overlay != null) {
            overlay.close();
        }
    }

    /** Drops a file, as a hand with a mouse would: a browser lets no program do that from outside. */
    private static void drop(Path file) throws Exception {
        browser.find("#drop");
        browser.js(
                """
                const bytes = Uint8Array.from(atob(arguments[0]), c => c.charCodeAt(0));
                const data = new DataTransfer();
                data.items.add(new File([bytes], arguments[1], {type: 'application/java-archive'}));
                for (const type of ['dragenter', 'dragover', 'drop']) {
                  document.querySelector('#drop').dispatchEvent(new DragEvent(type, {dataTransfer: data, bubbles: true, cancelable: true}));
                }""",
                Base64.getEncoder().encodeToString(Files.readAllBytes(file)),
                file.getFileName().toString());
    }

    /** Fills in the plan and starts it: a canary of one, the rest in one wave. */
    private static void rollOut(String version) {
        browser.until(
                "the version can be chosen",
                "[...document.querySelectorAll('#plan-version option')].some(it => it.value === arguments[0])",
                version);
        browser.js("""
                const set = (id, value) => {
                  const control = document.getElementById(id);
                  control.value = value;
                  control.dispatchEvent(new Event('change', {bubbles: true}));
                };
                set('plan-version', arguments[0]);
                set('plan-wave', NODES_PER_WAVE);
                set('plan-watch', 0.5);""".replace("NODES_PER_WAVE", String.valueOf(NODES)), version);
        browser.click("#plan-start");
    }

    private static long run(String version) {
        return overlay.container().nodes().list().stream()
                .filter(node -> node.slots().getFirst().version().equals(version))
                .count();
    }

    @Test
    void aBundleThatIsDraggedInIsRolledOutCanaryFirstAndAnotherOneThatFailsGoesBackByItselfAndThePageSaysWhy(
            @TempDir Path directory) throws Exception {
        browser.open(overlay.web(), "#/algorithms");
        browser.untilText("td", "1.0.0");

        drop(Jars.relay11());
        browser.untilText("#upload-result", "1.1.0 is kept");
        rollOut("1.1.0");
        browser.until("the canary alone has switched", "[...document.querySelectorAll('.rollout .wave')].length === 2");
        browser.until(
                "the version column follows",
                "[...document.querySelectorAll('tbody tr')].some(row => row.cells[1].textContent === '1.1.0' && row.cells[2].textContent.startsWith(arguments[0] + ' '))",
                NODES);
        browser.until("the rollout is complete", "document.querySelector('.rollout[data-state=completed]')");
        assertThat(run("1.1.0")).isEqualTo(NODES);
        browser.screenshot(Path.of("target", "page", "rollout-completed.png"));

        Path bad = TestBundle.of("ioverlay.algo.relay", "9.0.0")
                .algorithm("relay", Refractory.class)
                .write(directory);
        drop(bad);
        browser.untilText("#upload-result", "9.0.0 is kept");
        rollOut("9.0.0");
        browser.until("it went back", "document.querySelector('.rollout[data-state=returned]')");
        assertThat(browser.text(".rollout[data-state=returned]")).contains("will not pass data on");
        assertThat(run("1.1.0")).isEqualTo(NODES);
        browser.screenshot(Path.of("target", "page", "rollout-returned.png"));
    }

    @Test
    void whatIsNoBundleIsRefusedWithTheSentence(@TempDir Path directory) throws Exception {
        browser.open(overlay.web(), "#/algorithms");
        drop(Files.writeString(directory.resolve("letter.jar"), "Dear observer"));
        browser.untilText("#upload-result.bad", "letter.jar: ");
    }
}

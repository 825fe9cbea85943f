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
import org.openqa.selenium.Keys;

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
    private static void rollOut(String version, double watchSeconds) {
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
                set('plan-watch', arguments[1]);""".replace("NODES_PER_WAVE", String.valueOf(NODES)), version, watchSeconds);
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
        browser.untilText("#upload-result", "ioverlay.algo.relay 1.1.0");
        rollOut("1.1.0", 0.5);
        browser.until(
                "it has two waves, the canary and the rest",
                "document.querySelector('.rollout').dataset.state !== 'aborted' && document.querySelectorAll('.rollout:first-of-type .wave').length === 2");
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
        rollOut("9.0.0", 0.5);
        browser.until("it went back", "document.querySelector('.rollout[data-state=returned]')");
        assertThat(browser.text(".rollout[data-state=returned]")).contains("will not pass data on");
        assertThat(run("1.1.0")).isEqualTo(NODES);
        browser.screenshot(Path.of("target", "page", "rollout-returned.png"));
    }

    @Test
    void aRolloutIsPausedResumedAndAbortedOnThePageAndEveryNodeGoesBack() throws Exception {
        String before = run("1.0.0") == NODES ? "1.0.0" : "1.1.0";
        browser.open(overlay.web(), "#/algorithms");
        drop(Jars.relay11());
        browser.untilText("#upload-result", "ioverlay.algo.relay 1.1.0");
        rollOut(before.equals("1.0.0") ? "1.1.0" : "1.0.0", 30);
        browser.until(
                "the canary is watched, the others wait",
                "document.querySelector('.rollout .wave.now').textContent.includes('watching')"
                        + " && document.querySelectorAll('.rollout .wave')[1].textContent.includes('waiting')");
        browser.find(".rollout[data-state=running] .tools button").sendKeys(Keys.ENTER);
        browser.find(".rollout[data-state=paused]");
        assertThat(browser.js("return document.activeElement.textContent")).isEqualTo("Resume");
        browser.find(".rollout[data-state=paused] .tools button").sendKeys(Keys.ENTER);
        browser.click(".rollout[data-state=running] .tools .danger");
        browser.find("dialog[open]").sendKeys(Keys.ESCAPE);
        browser.until(
                "nothing was aborted",
                "!document.querySelector('dialog') && document.querySelector('.rollout[data-state=running]')");
        browser.click(".rollout[data-state=running] .tools .danger");
        browser.click("dialog [type=submit]");
        browser.find(".rollout[data-state=aborted]");
        browser.untilText(".rollout[data-state=aborted] .wave", "returned");
        browser.until(
                "those that were never begun do not wait any more",
                "document.querySelectorAll('.rollout[data-state=aborted] .wave')[1].textContent.includes('not touched')"
                        + " && !document.querySelector('.rollout[data-state=aborted]').textContent.includes('waiting')");
        browser.until(
                "it has no buttons any more", "!document.querySelector('.rollout[data-state=aborted] .tools button')");
        assertThat(run(before)).isEqualTo(NODES);
    }

    @Test
    void aSlotIsSwappedToAVersionThatWasUploadedAndGoesBackOnTheNodesPage() throws Exception {
        String before = run("1.0.0") == NODES ? "1.0.0" : "1.1.0";
        String other = before.equals("1.0.0") ? "1.1.0" : "1.0.0";
        browser.open(overlay.web(), "#/algorithms");
        drop(Jars.relay11());
        browser.untilText("#upload-result", "ioverlay.algo.relay 1.1.0");
        browser.go("#/node/n6");
        browser.untilText(".slots strong", "relay " + before); // as the next poll of its status finds it
        browser.click("[aria-label='Swap for application 1']");
        browser.find("dialog[open] #swap-to");
        browser.js("document.querySelector('#swap-to').value = arguments[0]", "relay " + other);
        browser.js("document.querySelector('#swap-probation').value = 0.1");
        browser.click("dialog [type=submit]");
        browser.untilText(".slot-result", "relay " + other + " serves instead of relay " + before);
        browser.untilText(".slots strong", "relay " + other);
        assertThat(run(other)).isOne();
        browser.click("[aria-label='Roll back for application 1']");
        browser.click("dialog [type=submit]");
        browser.untilText(".slot-result", "relay " + before + " serves instead");
        assertThat(run(before)).isEqualTo(NODES);
    }

    @Test
    void whatIsNoBundleIsRefusedWithTheSentence(@TempDir Path directory) throws Exception {
        browser.open(overlay.web(), "#/algorithms");
        drop(Files.writeString(directory.resolve("letter.jar"), "Dear observer"));
        browser.untilText("#upload-result.bad", "letter.jar: ");
    }
}

package ioverlay.itest.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import ioverlay.api.container.NodeStatus;
import ioverlay.api.container.NodeStatus.LinkStatus;
import ioverlay.itest.Await;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;

/** What is done on a node's page becomes true at the node; what the node refuses is said beside the control. */
abstract class Steers {
    private final Chromium browser = PageTest.browser();
    private final ObservedOverlay overlay = PageTest.overlay();

    @AfterEach
    void noGuestStays() {
        if (overlay.container().nodes().status("guest").isPresent()) {
            overlay.container().nodes().remove("guest");
        }
    }

    private NodeStatus status(String node) {
        return overlay.container().nodes().status(node).orElseThrow();
    }

    private double sent(String node) {
        return status(node).downstreams().stream()
                .mapToDouble(LinkStatus::bytesPerSecond)
                .sum();
    }

    @Test
    void movingABandwidthSliderChangesTheMeasuredThroughput() {
        browser.open(overlay.web(), PageTest.route("n1"));
        browser.untilText("#cap-out-holds", "no cap");
        Await.until("the source's stream flows", () -> sent("n1") > ObservedOverlay.BYTES_PER_SECOND);
        // From no cap, at the right end, to the left end, 1 kB/s, and up to 100 kB/s.
        WebElement slider = browser.find("#cap-out");
        slider.sendKeys(Keys.HOME);
        for (int page = 0; page < 3; page++) {
            slider.sendKeys(Keys.PAGE_UP);
        }
        browser.until(
                "what was asked holds",
                "document.querySelector('#cap-out-holds:not(.asked)')?.textContent.endsWith('kB/s')");
        long cap = status("n1").emulation().toJson().get("out").getAsLong();
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

    @Test
    void aLinkGetsLatencyJitterAndLossByKeysAloneAndARefusalIsSaidWhereItWasAskedFor() {
        browser.open(overlay.web(), PageTest.route("n2"));
        String button = "button[aria-label^='Adjust the link to n4']";
        browser.find(button).sendKeys(Keys.ENTER);
        browser.find("dialog[open] #link-cap").sendKeys(Keys.ESCAPE);
        browser.until(
                "it is closed, and the focus is back",
                "!document.querySelector('dialog') && document.activeElement.matches(arguments[0])",
                button);
        browser.find(button).sendKeys(Keys.ENTER);
        browser.find("#link-latency").sendKeys("30");
        browser.find("#link-jitter").sendKeys("50", Keys.ENTER);
        browser.untilText("dialog .result.bad", "jitter");
        assertThat(status("n2").emulation().toJson().getAsJsonArray("links")).isEmpty();
        browser.find("#link-jitter").clear();
        browser.find("#link-jitter").sendKeys("3");
        browser.find("#link-loss").sendKeys("1", Keys.ENTER);
        browser.untilText(button, "30 ± 3 ms, 1 % lost");
        JsonObject link =
                status("n2").emulation().toJson().getAsJsonArray("links").get(0).getAsJsonObject();
        assertThat(link.get("to").getAsString()).isEqualTo(PageTest.id("n4").toString());
        assertThat(link.get("latencyMillis").getAsDouble()).isEqualTo(30);
        assertThat(link.get("loss").getAsDouble()).isEqualTo(0.01);
        // Empty takes it away.
        open(button);
        for (String field : new String[] {"latency", "jitter", "loss"}) {
            browser.find("#link-" + field).clear();
        }
        submit();
        browser.untilText(button, "Adjust…");
        assertThat(status("n2").emulation().toJson().getAsJsonArray("links")).isEmpty();
    }

    @Test
    void aWeightOfAnUpstreamIsSet() {
        browser.open(overlay.web(), PageTest.route("n3"));
        open("#weights");
        type("dialog input", "3");
        submit();
        Await.until("it holds", () -> status("n3").weights().stream().anyMatch(it -> it.weight() == 3));
        browser.untilText("button[aria-label^='Adjust the link from n1']", "weight 3");
        open("#weights");
        type("dialog input", "1");
        submit();
        Await.until("it is as before", () -> status("n3").weights().stream().noneMatch(it -> it.weight() == 3));
    }

    @Test
    void aNodeIsCreatedConfiguredJoinsRunsAnApplicationGetsACustomMessageAndIsTerminated() {
        browser.open(overlay.web(), "#/overview");
        open("#new-node");
        type("#create-name", "n2");
        browser.until(
                "its container offers the relay", "document.querySelector('#create-algorithm').value === 'relay'");
        submit();
        browser.untilText("dialog .result.bad", "n2");
        type("#create-name", "guest");
        submit();
        Await.until(
                "it is there", () -> overlay.container().nodes().status("guest").isPresent());
        browser.until("there is no dialogue", "!document.querySelector('dialog')");
        browser.untilText("td a", "guest");
        assertThat(status("guest").slots().getFirst().algorithm()).isEqualTo("relay");

        browser.go("#/node/guest");
        open("[aria-label='Configure for application 1']");
        type("#configure-settings", "{\"next\": [");
        submit();
        browser.untilText("dialog .result.bad", "JSON object");
        type("#configure-settings", "{\"next\": [\"" + PageTest.id("n12") + "\"]}");
        submit();
        Await.until(
                "its relay knows the next",
                () -> status("guest")
                        .toJson()
                        .toString()
                        .contains(PageTest.id("n12").toString()));

        // What an algorithm says is kept, shown, filtered and found.
        open("[aria-label='Configure for application 1']");
        type("#configure-settings", "{\"next\": 7}");
        submit();
        said("relay keeps its settings");
        browser.go("#/events?kind=trace&text=KEEPS");
        browser.untilText(".log.full [data-kind=trace] .sentence", "relay keeps its settings");
        assertThat(browser.js("return document.querySelectorAll('.log.full li:not([data-kind=trace])').length"))
                .isEqualTo(0L);
        browser.go("#/node/guest");

        open("#start-application");
        browser.js(
                "const type = document.querySelector('#start-type'); type.value = 'sink.counting'; type.dispatchEvent(new Event('change'))");
        submit();
        Await.until("it runs", () -> status("guest").applications().size() == 1);
        browser.click("[aria-label='Stop application 1']");
        browser.untilText("#stop-result", "has ended here");

        open("#act-join");
        submit();
        said("join application 1");
        open("#act-leave");
        submit();
        said("leave application 1");
        open("#act-custom");
        type("#custom-type", "32774");
        submit();
        browser.untilText("dialog .result.bad", "32773 or 33024");
        type("#custom-type", "33024");
        type("#custom-1", "7");
        type("#custom-2", "-8");
        type("#custom-text", "hello");
        submit();
        said("custom message 33024 (7, -8, “hello”) to application 1");

        open("#act-terminate");
        assertThat(browser.js("return document.activeElement.textContent")).isEqualTo("Cancel");
        submit();
        browser.untilText(".trouble", "guest has ended");
        assertThat(overlay.container().nodes().status("guest")).isEmpty();
    }

    /** The log of the page has this of a command that was done. */
    private void said(String sentence) {
        browser.untilText(".log .sentence", sentence);
        browser.until("there is no dialogue", "!document.querySelector('dialog')");
    }

    private void open(String button) {
        browser.until("no dialogue is open", "!document.querySelector('dialog')");
        browser.click(button);
        browser.find("dialog[open]");
    }

    private void type(String field, String text) {
        WebElement control = browser.find(field);
        control.clear();
        control.sendKeys(text);
    }

    private void submit() {
        browser.driver().findElement(By.cssSelector("dialog [type=submit]")).click();
    }
}

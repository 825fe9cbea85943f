package ioverlay.itest.browser;

import static org.assertj.core.api.Assertions.assertThat;

import ioverlay.itest.ScenarioRun;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.Keys;

/** A scenario's report, opened from disk. */
final class ReportPageTest {
    private static final String SCENARIO = """
            {"seconds": 2, "title": "A report to look at",
             "nodes": [
               {"name": "s", "location": {"latitude": 43.65, "longitude": -79.38, "label": "Toronto"}, "bandwidth": {"total": "400 KB/s"},
                "slots": {"1": {"algorithm": "relay", "settings": {"next": ["${r}"], "deliver": false}}},
                "applications": {"1": {"type": "source.cbr", "settings": {"bytesPerSecond": "50 KB/s", "payload": 1000}}}},
               {"name": "r", "count": 3, "location": {"latitude": 41.88, "longitude": -87.63, "label": "Chicago"},
                "bandwidth": {"total": {"uniform": ["100 KB/s", "200 KB/s"]}}, "slots": {"1": "relay"}, "applications": {"1": "sink.counting"}}],
             "timeline": [{"at": 1, "do": "emulate", "node": "s", "change": {"total": "40 KB/s"}}, {"at": 1.5, "do": "fail", "node": "r3"}],
             "record": {"interval": 0.25},
             "plots": [
               {"title": "Stress", "kind": "cdf", "unit": "per 100 KB/s", "measure": "degree", "to": 1.4, "times": 100000,
                "over": {"measure": "status", "pointer": "/emulation/total"}, "series": {"tree": ["s", "r"]},
                "lines": [{"name": "ideal", "measure": "degree", "gather": "sum", "to": 1.4, "times": 100000, "over": {"measure": "status", "pointer": "/emulation/total"}}]},
               {"title": "Points", "kind": "points", "logarithmic": true, "axis": "nodes",
                "series": {"a": [{"x": 1, "value": "1 KB/s"}, {"x": 2, "value": "90 KB/s"}]}},
               {"title": "Bars", "kind": "points", "axis": "receiver", "unit": "B/s",
                "series": {"measured": [{"x": "F", "value": "300 KB/s"}, {"x": "G", "value": "150 KB/s"}], "bound": [{"x": "F", "value": "300 KB/s"}]}},
               {"title": "Sorted", "kind": "sorted", "unit": "thousands", "measure": "throughput", "times": 0.001, "to": 1.4, "series": {"receivers": "r"}}],
             "assert": [{"name": "each gets it", "measure": "throughput", "nodes": "r", "from": 0.5, "to": 1.4, "atLeast": "1 KB/s"}],
             "figures": [{"name": "over a change", "measure": "throughput", "nodes": "r1", "from": 0.6, "to": 1.3}]}
            """;

    private static final String LISTEN = "window.wrong = []; addEventListener('error', e => wrong.push(e.message));"
            + " console.error = (...all) => wrong.push(all.join(' '));";

    @RegisterExtension
    static final SharedBrowser BROWSER = new SharedBrowser();

    @Test
    void itOpensFromDiskWithoutNetworkAndDrawsEverythingOnLargeAndSmallScreensInLightAndDark(@TempDir Path folder)
            throws Exception {
        Path file = Files.writeString(folder.resolve("look.json"), SCENARIO);
        try (ScenarioRun run = ScenarioRun.start(folder, file.toString(), "--report", "report")) {
            assertThat(run.code()).as(run.said()).isZero();
        }
        Chromium browser = BROWSER.get();
        for (int width : new int[] {1280, 390}) {
            for (String scheme : new String[] {"light", "dark"}) {
                browser.look(width, 900, scheme);
                browser.with(
                        LISTEN,
                        () -> browser.driver()
                                .get(folder.resolve("report/index.html").toUri().toString()));
                isWhole(browser);
                assertThat(browser.js("return matchMedia('(prefers-color-scheme: dark)').matches"
                                + " === (getComputedStyle(document.body).backgroundColor === 'rgb(17, 22, 29)')"))
                        .as(scheme)
                        .isEqualTo(true);
            }
        }
        browser.look(1280, 900, "light");
        isTrue(browser);
        byKeyboard(browser);
        browser.driver().get("about:blank");
    }

    private static void isWhole(Chromium browser) {
        assertThat(browser.js("return wrong")).asString().isEqualTo("[]");
        assertThat(browser.js("return performance.getEntriesByType('resource').length"))
                .isEqualTo(0L);
        assertThat(browser.js("return document.documentElement.scrollWidth <= innerWidth"))
                .as("nothing sticks out")
                .isEqualTo(true);
        assertThat(browser.js("return document.body.innerHTML.includes('NaN')")).isEqualTo(false);
        assertThat(browser.js("return [...document.querySelectorAll('h2')].map(one => one.textContent).join()"))
                .isEqualTo("Plots,What was expected,Over time,Among nodes,Topology,What happened");
        // Each chart has a line that goes somewhere: three plots of numbers, over time, sorted, distribution.
        assertThat(browser.js("return [...document.querySelectorAll('svg.chart')].filter(one =>"
                        + " [...one.querySelectorAll('path')].some(line => line.getTotalLength() > 20)).length"))
                .isEqualTo(6L);
        assertThat(browser.text("svg[aria-label='Stress']")).contains("ideal");
        assertThat(browser.js("const drawn = document.querySelector(\"svg[aria-label='Bars']\"),"
                        + " of = one => Math.round(one.height.baseVal.value),"
                        + " all = [...drawn.querySelectorAll('rect.column')].map(of);"
                        + " return all.length === 3 && all[0] > 100 && Math.abs(all[0] - 2 * all[1]) <= 1 && all[0] === all[2]"
                        + " && !drawn.querySelector('path') ? 'bars' : all.join()"))
                .as("names are not joined by a line")
                .isEqualTo("bars");
        assertThat(browser.text("svg[aria-label^='map']")).contains("s, Toronto", "r1, Chicago");
        assertThat(browser.js("return document.querySelectorAll('svg[aria-label^=topology] circle').length"))
                .isEqualTo(4L);
        assertThat(browser.js("return document.querySelectorAll('td.good').length"))
                .isEqualTo(3L);
    }

    private static void isTrue(Chromium browser) {
        assertThat(browser.text("svg[aria-label='Sorted']")).contains("thousands");
        assertThat(browser.js("return [...document.querySelectorAll('svg[aria-label^=\"throughput over time\"] path')]"
                        + ".map(line => line.getAttribute('stroke')).join()"))
                .as("each node has the colour that it has in the graph, where s has the first")
                .isEqualTo("var(--c1),var(--c2),var(--c3)");
        assertThat(browser.js("const run = runs[0], throughput = measureOf(run, 'throughput');"
                        + " const page = mean(run, throughput, 'r1', 0.6, 1.3) / run.figures[0].measured;"
                        + " return page > 0.97 && page < 1.03 ? 'the same' : page"))
                .as("the mean over a window, beside what the same is as a figure")
                .isEqualTo("the same");
    }

    private static void byKeyboard(Chromium browser) {
        browser.find("select[aria-label=measure]").sendKeys("in");
        browser.until("the chart is of it", "document.querySelector('svg[aria-label^=\"in over time\"]')");
        browser.find("input[type=range]").sendKeys(Keys.HOME);
        browser.untilText("label span", "0.0 s");
        browser.find("summary").sendKeys(Keys.ENTER);
        browser.until("what was done is listed", "document.querySelector('details').open");
    }
}

package ioverlay.itest.browser;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.Keys;
import org.openqa.selenium.interactions.Actions;

/**
 * Every view, at both widths and in both themes: what axe finds (contrast of all text, names of all controls), whether
 * the keyboard reaches everything, and a picture of each in {@code target/page}.
 *
 * <p>With {@code -Dioverlay.picture=true} the README's picture is made anew.
 */
abstract class Looks {
    private static final Path PICTURES = Path.of("target", "page");
    private static final Path README_PICTURE = Path.of("..", "docs", "observer.png");
    private static final int LARGEST_PICTURE = 300_000;

    private static final Map<String, String> VIEWS = new LinkedHashMap<>();

    private final Chromium browser = PageTest.browser();

    @BeforeAll
    static void begin() {
        VIEWS.put("overview", "#/overview");
        VIEWS.put("map", "#/map");
        VIEWS.put("north-america", "#/map?area=america");
        VIEWS.put("graph", "#/graph");
        VIEWS.put("node", PageTest.route("n2"));
        VIEWS.put("dialogue", PageTest.route("n2"));
        VIEWS.put("algorithms", "#/algorithms");
        VIEWS.put("events", "#/events");
        VIEWS.put("no-such-node", "#/node/nobody");
        Chromium browser = PageTest.browser();
        browser.open(PageTest.overlay().web(), "#/overview");
        browser.untilText("#total-live", "12");
        browser.until(
                "data moves", "[...document.querySelectorAll('.figure .unit')].some(it => it.textContent === 'MB/s')");
    }

    private void show(String view) {
        browser.go("#/none"); // so that nothing of another view is taken for this one
        browser.untilText("h1", "No such view");
        browser.go(VIEWS.get(view));
        browser.until("the view is there", "document.querySelector('main h1').textContent !== 'No such view'");
        switch (view) {
            case "map", "north-america", "graph" ->
                browser.until(
                        "it is drawn",
                        "document.querySelector('canvas').scene.nodes.length === 12"
                                + " && document.querySelector('canvas').scene.links.length > 0");
            case "node" -> showNode();
            case "dialogue" -> {
                showNode();
                browser.click("button[aria-label^='Adjust the link to']");
            }
            case "no-such-node" -> browser.untilText(".empty", "No such node");
            case "algorithms" -> browser.until("rows are there", "document.querySelector('tbody tr')");
            case "events", "overview" ->
                browser.until("the log is there", "document.querySelectorAll('.log li').length > 3");
            default -> throw new IllegalArgumentException(view);
        }
    }

    private void showNode() {
        browser.until(
                "links, slots and chart are there",
                "document.querySelector('.chart canvas') && document.querySelectorAll('tbody tr').length === 3"
                        + " && document.querySelector('.slots li')");
    }

    @Test
    void axeFindsNothingInAnyViewAtAnyWidthInAnyThemeAndEachHasItsPicture() throws Exception {
        String axe;
        try (InputStream in = Looks.class.getResourceAsStream("/axe.min.js")) {
            axe = new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
        browser.js(axe);
        List<String> found = new ArrayList<>();
        for (String theme : List.of("light", "dark")) {
            for (int width : List.of(1280, 390)) {
                browser.look(width, width == 1280 ? 800 : 844, theme);
                for (String view : VIEWS.keySet()) {
                    String name = view + "-" + width + "-" + theme;
                    show(view);
                    browser.screenshot(PICTURES.resolve(name + ".png"));
                    violations().forEach(it -> found.add(name + ": " + it));
                    if ((long) browser.js("return document.documentElement.scrollWidth") > width) {
                        found.add(name + ": wider than " + width + " px");
                    }
                }
            }
        }
        assertThat(found).isEmpty();
        keepReadmePicture(PICTURES.resolve("map-1280-light.png"));
    }

    private List<String> violations() {
        List<?> found = (List<?>) browser.driver().executeAsyncScript("""
                const done = arguments[arguments.length - 1];
                const runOnly = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'best-practice'];
                axe.run(document, {runOnly, resultTypes: ['violations']}).then(
                    it => done(it.violations.map(v => `${v.id}: ${v.help}: ${v.nodes.slice(0, 3)
                        .map(n => `${n.html} ${n.failureSummary}`).join(' | ')}`)),
                    e => done([String(e)]));""");
        return found.stream().map(String::valueOf).toList();
    }

    private static void keepReadmePicture(Path made) throws IOException {
        assertThat(made).satisfies(file -> assertThat(Files.size(file)).isLessThan(LARGEST_PICTURE));
        if (Boolean.getBoolean("ioverlay.picture")) {
            Files.copy(made, README_PICTURE, StandardCopyOption.REPLACE_EXISTING);
        }
    }

    @Test
    void theTabulatorKeyReachesEveryControlOfEveryView() {
        browser.look(1280, 800, "light");
        for (String view : VIEWS.keySet()) {
            show(view);
            long controls = (long) browser.js("""
                    window.reached = new Set();
                    window.controls = () => [...(document.querySelector('dialog') ?? document).querySelectorAll('a[href], button, input, select, textarea, summary, canvas[tabindex], [tabindex="0"]')]
                        .filter(it => it.checkVisibility({visibilityProperty: true}) && !it.disabled && !it.hidden);
                    document.addEventListener('focusin', e => window.reached.add(e.target));
                    document.activeElement?.blur();
                    return controls().length;""");
            CharSequence[] tabs = new CharSequence[(int) controls + 12];
            Arrays.fill(tabs, Keys.TAB);
            new Actions(browser.driver()).sendKeys(tabs).perform();
            assertThat((List<?>) browser.js(
                            "return controls().filter(it => !reached.has(it)).map(it => it.outerHTML.slice(0, 160))"))
                    .as("not reached in %s", view)
                    .isEmpty();
        }
    }

    @Test
    void theSwitchChoosesATheme() {
        browser.look(1280, 800, "light");
        show("overview");
        Object light = browser.js("return getComputedStyle(document.body).backgroundColor");
        browser.click("#theme");
        assertThat(browser.text("#theme")).isEqualTo("Theme: light");
        browser.click("#theme");
        assertThat(browser.text("#theme")).isEqualTo("Theme: dark");
        assertThat(browser.js("return getComputedStyle(document.body).backgroundColor"))
                .isNotEqualTo(light);
        browser.click("#theme");
        assertThat(browser.js("return getComputedStyle(document.body).backgroundColor"))
                .isEqualTo(light);
    }
}

package ioverlay.itest.browser;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import ioverlay.itest.Await;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Stream;
import org.openqa.selenium.By;
import org.openqa.selenium.JavascriptException;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.StaleElementReferenceException;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;

/** A headless Chromium, as the system has it; nothing is ever downloaded. */
final class Chromium implements AutoCloseable {
    private static final Duration SCRIPT_LIMIT = Duration.ofSeconds(20);

    private static final String SAID = """
            return location.hash + ' ' + [...document.querySelectorAll('[role=alert], [role=status], [aria-live], .result')]
                .map(it => it.textContent.trim()).filter(it => it).join(' | ')""";

    private static final Logger LOG = Logger.getLogger("org.openqa.selenium");

    private final ChromeDriver driver;
    private final Path profile;

    private Chromium(ChromeDriver driver, Path profile) {
        this.driver = driver;
        this.profile = profile;
    }

    /** Starts one; skips the test with a line that says why if there is none. */
    static Chromium start() throws IOException {
        LOG.setLevel(Level.OFF); // it knows no DevTools of this version, and none is used through it
        return start(new ChromeOptions());
    }

    private static Chromium start(ChromeOptions options) throws IOException {
        Optional<File> browser = onPath("chromium");
        Optional<File> chromedriver = onPath("chromedriver");
        assumeTrue(
                browser.isPresent() && chromedriver.isPresent(),
                "skipped: there is no chromium with chromedriver on the PATH (Debian: chromium, chromium-driver)");
        Path profile = Files.createTempDirectory("ioverlay-chromium");
        options.setBinary(browser.orElseThrow());
        options.addArguments(
                "--headless",
                "--no-sandbox",
                "--disable-gpu",
                "--disable-background-networking",
                "--disable-component-update",
                "--disable-sync",
                "--no-first-run",
                "--hide-scrollbars",
                "--user-data-dir=" + profile);
        ChromeDriverService service = new ChromeDriverService.Builder()
                .usingDriverExecutable(chromedriver.orElseThrow())
                .usingAnyFreePort()
                .withSilent(true)
                .build();
        ChromeDriver driver = new ChromeDriver(service, options);
        driver.manage().timeouts().scriptTimeout(SCRIPT_LIMIT);
        Chromium chromium = new Chromium(driver, profile);
        chromium.look(1280, 800, "light");
        return chromium;
    }

    private static Optional<File> onPath(String program) {
        return Arrays.stream(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
                .map(directory -> new File(directory, program))
                .filter(File::canExecute)
                .findFirst();
    }

    ChromeDriver driver() {
        return driver;
    }

    /** Where the browser's DevTools protocol is spoken. */
    URI devtools() {
        return URI.create(String.valueOf(driver.getCapabilities().getCapability("se:cdp")));
    }

    /** Loads the page at a route, for example {@code #/map}. */
    void open(URI web, String route) {
        driver.get("about:blank"); // else a change of the hash alone would load nothing
        driver.get(web.resolve("/") + route);
    }

    /** Does that while each page runs a script before its own. */
    void with(String script, Runnable what) {
        String add = "Page.addScriptToEvaluateOnNewDocument";
        Object id = driver.executeCdpCommand(add, Map.of("source", "{" + script + "}"))
                .get("identifier");
        try {
            what.run();
        } finally {
            driver.executeCdpCommand("Page.removeScriptToEvaluateOnNewDocument", Map.of("identifier", id));
        }
    }

    /** Goes to another route of the page that is loaded. */
    void go(String route) {
        js("location.hash = arguments[0]", route);
    }

    /** The size of what is seen, and the system's colour scheme, {@code light} or {@code dark}. */
    void look(int width, int height, String scheme) {
        driver.executeCdpCommand(
                "Emulation.setDeviceMetricsOverride",
                Map.of("width", width, "height", height, "deviceScaleFactor", 1, "mobile", false));
        driver.executeCdpCommand(
                "Emulation.setEmulatedMedia",
                Map.of("features", List.of(Map.of("name", "prefers-color-scheme", "value", scheme))));
    }

    /** Has the system ask for little motion, until the next look. */
    void calm() {
        driver.executeCdpCommand(
                "Emulation.setEmulatedMedia",
                Map.of("features", List.of(Map.of("name", "prefers-reduced-motion", "value", "reduce"))));
    }

    Object js(String script, Object... arguments) {
        return driver.executeScript(script, arguments);
    }

    /** Waits until an expression is true; else says what the page said meanwhile. */
    void until(String what, String expression, Object... arguments) {
        try {
            Await.until(what + ": " + expression, () -> isTrue(expression, arguments));
        } catch (AssertionError e) {
            throw new AssertionError(e.getMessage() + "; the page says: " + js(SAID), e);
        }
    }

    private boolean isTrue(String expression, Object... arguments) {
        try {
            return Boolean.TRUE.equals(js("return Boolean(" + expression + ")", arguments));
        } catch (JavascriptException e) {
            return false; // what it asks about is not there yet
        }
    }

    /** Waits until an element has such a text. */
    void untilText(String selector, String part) {
        until(
                selector + " says " + part,
                "[...document.querySelectorAll(arguments[0])].some(it => it.textContent.includes(arguments[1]))",
                selector,
                part);
    }

    WebElement find(String selector) {
        until("there is " + selector, "document.querySelector(arguments[0])", selector);
        return driver.findElement(By.cssSelector(selector));
    }

    /** Clicks; once more if the page drew it anew in that moment. */
    void click(String selector) {
        try {
            find(selector).click();
        } catch (StaleElementReferenceException e) {
            find(selector).click();
        }
    }

    String text(String selector) {
        return String.valueOf(js("return document.querySelector(arguments[0])?.textContent", selector));
    }

    /** Writes what is seen as PNG. */
    void screenshot(Path file) throws IOException {
        Files.createDirectories(file.getParent());
        Files.write(file, driver.getScreenshotAs(OutputType.BYTES));
    }

    @Override
    public void close() throws IOException {
        driver.quit();
        try (Stream<Path> files = Files.walk(profile)) {
            files.sorted(Comparator.reverseOrder()).map(Path::toFile).forEach(File::delete);
        }
    }
}

package ioverlay.itest.browser;

import static org.assertj.core.api.Assertions.assertThat;

import ioverlay.api.container.NodeSpec;
import ioverlay.itest.Await;
import java.net.URI;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What the page says of nodes that come, end, or never were, and of an observer that is away. */
abstract class Shows {
    /** Holds back what is answered, until the page's {@code letGo()} is called. */
    private static final String LATE_ANSWERS = """
            const ask = window.fetch;
            const gate = new Promise(resolve => { window.letGo = resolve; });
            window.answered = [];
            window.fetch = async (path, how) => {
              const answer = await ask(path, how);
              window.answered.push(path);
              await gate;
              return answer;
            };""";

    private static final String COUNTED_QUESTIONS = """
            const ask = window.fetch;
            window.asked = [];
            window.fetch = (path, how) => {
              window.asked.push({path, at: performance.now()});
              return ask(path, how);
            };""";

    /** A tab is in front or behind as the test says, and what waits ten seconds waits for little. */
    private static final String TABS = """
            let hidden = false;
            Object.defineProperty(document, 'hidden', {get: () => hidden});
            window.turn = to => {
              hidden = to;
              document.dispatchEvent(new Event('visibilitychange'));
            };
            const later = window.setTimeout;
            window.setTimeout = (what, ms, ...rest) => later(what, ms === 10000 ? 100 : ms, ...rest);""";

    private static final String ONLY_THOSE_OF = """
            [...document.querySelectorAll('.log.full li a[title]')].length > 0
                && [...document.querySelectorAll('.log.full li .head a')].every(it => it.title === arguments[0])""";

    private final Chromium browser = PageTest.browser();
    private final ObservedOverlay overlay = PageTest.overlay();
    private final URI web = overlay.web();

    @Test
    void theStreamOfEventsComesBackAfterTheObserverRestartsAndThePageSaysSoMeanwhile() throws Exception {
        browser.open(web, "#/overview");
        browser.untilText("#connection", "Live");
        browser.untilText("#total-live", String.valueOf(PageTest.NODES));
        overlay.stopObserver();
        try {
            browser.untilText("#connection", "No connection");
            browser.untilText("#banner:not([hidden])", "this page reconnects by itself");
        } finally {
            overlay.startObserver();
        }
        browser.untilText("#connection", "Live");
        browser.until("the banner is gone", "document.querySelector('#banner').hidden");
        browser.untilText("#total-live", String.valueOf(PageTest.NODES));
        // What happens now arrives over the new stream.
        create("late");
        browser.untilText("#total-live", String.valueOf(PageTest.NODES + 1));
        remove("late");
        browser.untilText("#total-live", String.valueOf(PageTest.NODES));
    }

    @Test
    void aTabThatNobodySeesLetsGoOfItsStreamAndHasAllAgainWhenItIsSeen() {
        browser.with(TABS, () -> {
            browser.open(web, "#/overview");
            browser.untilText("#connection", "Live");
            browser.js("window.turn(true)");
            browser.find("#connection[data-state=resting]");
            create("meanwhile");
            assertThat(browser.text("#total-live")).isEqualTo(String.valueOf(PageTest.NODES));
            browser.js("window.turn(false)");
            browser.untilText("#connection", "Live");
            browser.untilText("#total-live", String.valueOf(PageTest.NODES + 1));
            remove("meanwhile");
            browser.untilText("#total-live", String.valueOf(PageTest.NODES));
        });
    }

    @Test
    void aNodeThatEndedWhileThePageAskedStaysEndedAndWhatWasToldMeanwhileIsNotForgotten() {
        create("short");
        browser.with(LATE_ANSWERS, () -> {
            browser.open(web, "#/overview");
            browser.untilText("#total-live", String.valueOf(PageTest.NODES + 1));
            browser.until("log and rollouts were answered", "window.answered.length >= 2");
            remove("short");
            browser.untilText("#total-live", String.valueOf(PageTest.NODES));
            browser.js("window.letGo()");
            browser.untilText("#connection", "Live");
            browser.until(
                    "its end stands in the log",
                    "[...document.querySelectorAll('.log li[data-kind=\"node.removed\"]')].some(it => it.textContent.includes('short'))");
            assertThat(browser.text("#total-live")).isEqualTo(String.valueOf(PageTest.NODES));
        });
    }

    @Test
    void ofANodeThatIsNotThereThePageSaysSoAndAsksSeldomUntilItComes() {
        browser.with(COUNTED_QUESTIONS, () -> {
            browser.open(web, "#/node/nobody");
            browser.untilText(".empty", "No such node");
            assertThat(browser.text(".empty a")).isEqualTo("See all nodes");
            browser.until(
                    "it was asked for again", "window.asked.filter(it => it.path.endsWith('/nobody')).length >= 2");
            assertThat((Number) browser.js("""
                    const [first, second] = window.asked.filter(it => it.path.endsWith('/nobody'));
                    return second.at - first.at;"""))
                    .satisfies(ms -> assertThat(ms.doubleValue()).isGreaterThan(2500));
            create("nobody");
            browser.untilText(".slots", "No slot");
            remove("nobody");
            browser.untilText(".trouble", "nobody has ended");
        });
    }

    @Test
    void aViewThatIsNotThereIsSaidWithLinksToThoseThatAre() {
        browser.open(web, "#/nosuch");
        browser.untilText("h1", "No such view");
        browser.click("main a[href='#/map']");
        browser.untilText("h1", "Map");
    }

    @Test
    void whatANodeSaysIsShownAsTextAndNeverAsMarkup() {
        browser.open(web, "#/events?text=%3Cimg%20src%3Dx%20onerror%3D%22document.title%3D'owned'%22%3E");
        browser.untilText(".empty", "Nothing like that");
        browser.open(web, "#/node/%3Cimg%20src%3Dx%3E");
        browser.untilText(".empty", "<img src=x>");
        browser.open(web, "#/%3Cimg%20src%3Dx%3E");
        browser.untilText(".empty", "There is no view");
        assertThat(browser.js("return document.querySelectorAll('main img').length"))
                .isEqualTo(0L);
    }

    @Test
    void aTimeWithoutSamplesIsAGapInTheChartAndNoLine() {
        // Two minutes of samples, two of silence, one of samples: as the observer answers after it was away.
        String history = """
                const ask = window.fetch;
                window.fetch = (path, how) => {
                  if (!String(path).includes('/history')) return ask(path, how);
                  const now = Date.now();
                  const samples = [];
                  for (let s = 290; s > 0; s -= 2) {
                    if (s < 180 && s > 60) continue;
                    samples.push({time: new Date(now - s * 1000).toISOString(), inBytesPerSecond: 1, outBytesPerSecond: 2, queuedBytes: 0});
                  }
                  const links = samples.map(it => ({time: it.time, peer: '127.0.0.1:1', way: 'to', bytesPerSecond: 5, queuedBytes: 0}));
                  return Promise.resolve(new Response(JSON.stringify({node: 'n', step: 0, samples, links})));
                };""";
        browser.with(history, () -> {
            browser.open(web, PageTest.route("n2"));
            browser.until(
                    "the link's line is broken once",
                    "echarts.getInstanceByDom(document.querySelector('.chart')).getOption().series"
                            + ".find(it => it.name === 'to 127.0.0.1:1')?.data.filter(it => it[1] === null).length === 1");
            List<?> around = (List<?>) browser.js("""
                    const {data} = echarts.getInstanceByDom(document.querySelector('.chart')).getOption().series.find(it => it.name === 'to 127.0.0.1:1');
                    const at = data.findIndex(it => it[1] === null);
                    return [data[at + 1][0] - data[at - 1][0], data.length];""");
            assertThat(((Number) around.get(0)).doubleValue()).isBetween(120_000.0, 124_000.0);
        });
    }

    @Test
    void whatHappenedToANodeStandsOnItsPageAlsoWhereThePageHeardOfOthersOnly() {
        String n3 = PageTest.id("n3").toString();
        // As where more than two hundred lines of other nodes came after it.
        String othersOnly = """
                const ask = window.fetch;
                window.fetch = (path, how) => String(path) === 'api/log?limit=200'
                    ? Promise.resolve(new Response(JSON.stringify({log: [], more: true}))) : ask(path, how);""";
        browser.with(othersOnly, () -> {
            browser.open(web, PageTest.route("n3"));
            browser.find("[aria-label=Events] li[data-kind]");
            browser.click("[aria-label=Events] a[href^='#/events']");
            browser.untilText("h1", "Events");
            browser.until("its lines alone are there", ONLY_THOSE_OF, n3);
        });
        // The same from a link that somebody kept, before the page knows any node; and back to all.
        browser.open(web, "#/events?node=" + n3.replace(":", "%3A"));
        browser.until("its lines alone are there", ONLY_THOSE_OF, n3);
        browser.js(
                "const node = document.querySelector('[aria-label=Node]'); node.value = ''; node.dispatchEvent(new Event('change'))");
        browser.until("those of others are there, too", "!(" + ONLY_THOSE_OF + ")", n3);
        create("another"); // who comes changes the choice of nodes, and nothing that was chosen
        browser.untilText("[aria-label=Node] option", "another");
        assertThat(browser.js("return document.querySelector('[aria-label=Node]').value"))
                .isEqualTo("");
        remove("another");
    }

    private void create(String name) {
        overlay.container().nodes().create(NodeSpec.named(name));
    }

    private void remove(String name) {
        overlay.container().nodes().remove(name);
        Await.until(
                "it has ended", () -> overlay.container().nodes().status(name).isEmpty());
    }
}

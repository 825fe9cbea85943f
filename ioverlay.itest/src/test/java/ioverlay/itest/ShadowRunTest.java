package ioverlay.itest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.JsonObject;
import ioverlay.api.Algorithm;
import ioverlay.api.container.ApplicationSpec;
import ioverlay.api.container.Event;
import ioverlay.api.container.NodeSpec;
import ioverlay.api.container.NodeStatus.SlotStatus;
import ioverlay.api.container.Probation;
import ioverlay.api.container.RefusedException;
import ioverlay.api.container.ShadowReport;
import ioverlay.api.container.ShadowReport.Example;
import ioverlay.api.container.ShadowRequest;
import ioverlay.api.container.ShadowRun;
import ioverlay.api.container.SlotSpec;
import ioverlay.api.container.SwapRequest;
import ioverlay.api.container.SwapResult;
import ioverlay.api.container.SwapResult.Outcome;
import ioverlay.itest.algorithms.Dicing;
import ioverlay.itest.algorithms.Endless;
import ioverlay.itest.algorithms.Sluggish;
import ioverlay.itest.algorithms.Wayward;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Versions in the shadow of those that serve, in a real framework on a real node. */
final class ShadowRunTest {
    private static final int SESSION = 7;
    private static final int MESSAGES = 2_000;

    @TempDir
    private Path directory;

    private LiveContainer container;
    private ApplicationSpec source = new ApplicationSpec("source.cbr", SESSION, new JsonObject());

    @BeforeEach
    void boot() throws Exception {
        container = LiveContainer.with(Jars.ours("ioverlay.algo.relay"), Jars.ours("ioverlay.app"));
        JsonObject settings = new JsonObject();
        settings.addProperty("bytesPerSecond", 2_500_000); // a burst of 200 ms fits where calls wait for a shadow
        settings.addProperty("payload", 1000);
        settings.addProperty("messages", MESSAGES);
        source = new ApplicationSpec("source.cbr", SESSION, settings);
        container.nodes().create(NodeSpec.named("a").withSlot(SESSION, SlotSpec.of("relay")));
    }

    @AfterEach
    void stop() throws Exception {
        container.close();
    }

    private void install(String name, Class<? extends Algorithm> type) throws Exception {
        container
                .repository()
                .add(TestBundle.of(name, "1.0.0")
                        .algorithm(name, type)
                        .write(directory)
                        .toUri());
    }

    private ShadowRun shadow(String algorithm, String versions) {
        return shadow(algorithm, versions, Duration.ofMinutes(1));
    }

    private ShadowRun shadow(String algorithm, String versions, Duration time) {
        return container.swaps().shadow(new ShadowRequest("a", SESSION, algorithm, versions, time));
    }

    private static ShadowReport ending(ShadowRun run) throws Exception {
        return run.report().get(30, TimeUnit.SECONDS);
    }

    private SlotStatus slot() {
        return container.nodes().status("a").orElseThrow().slots().getFirst();
    }

    private SwapResult swap(String algorithm, String versions) throws Exception {
        return container
                .swaps()
                .swap(new SwapRequest("a", SESSION, algorithm, versions).withProbation(Probation.NONE))
                .get(30, TimeUnit.SECONDS);
    }

    /** Sends all messages of the source through the slot and ends the shadow; each call must be accounted for. */
    private ShadowReport throughout(ShadowRun run) throws Exception {
        long before = slot().processed();
        container.nodes().start("a", source);
        Await.until("the slot had it all", () -> slot().processed() >= before + MESSAGES);
        run.stop();
        ShadowReport report = ending(run);
        long calls = report.compared() + report.failed() + report.missed();
        assertThat(calls).as(report.toString()).isBetween((long) MESSAGES, slot().processed() - before);
        return report;
    }

    @Test
    void theVersionThatServesDoesTheSameInItsOwnShadow() throws Exception {
        ShadowReport report = throughout(shadow("relay", "1.0"));
        assertThat(report.differed()).isZero();
        assertThat(report.failed()).isZero();
        assertThat(report.compared()).isPositive();
        assertThat(report.live()).isEqualTo("1.0.0");
        assertThat(report.shadow()).isEqualTo("1.0.0");
        assertThat(report.liveTurn()).isPositive();
        assertThat(report.shadowTurn()).isPositive();
        assertThat(report.ended()).startsWith("it was stopped");
        Event told = container.events().recent().getLast();
        assertThat(told.kind()).isEqualTo("shadow.ended");
        assertThat(told.detail().get("compared").getAsLong()).isEqualTo(report.compared());
    }

    @Test
    void theNextRelaySendsWhatThisOneSends() throws Exception {
        container.repository().add(Jars.relay11().toUri());
        ShadowReport report = throughout(shadow("relay", "[1.1,2)"));
        assertThat(report.differed()).isZero();
        assertThat(report.failed()).isZero();
        assertThat(report.compared()).isPositive();
        assertThat(report.shadow()).isEqualTo("1.1.0");
        assertThat(slot().version()).isEqualTo("1.0.0");
    }

    @Test
    void chanceTimersAndHeldMessagesAreTheSameForBoth() throws Exception {
        install("dicing", Dicing.class);
        assertThat(swap("dicing", "0").outcome()).isEqualTo(Outcome.SWITCHED);
        ShadowRun run = shadow("dicing", "0");
        ShadowReport report = throughout(run);
        assertThat(report.missed())
                .as("otherwise the states have drifted apart")
                .isZero();
        assertThat(report.examples()).isEmpty();
        assertThat(report.differed()).isZero();
        assertThat(report.failed()).isZero();
        assertThat(report.compared()).as("timers are calls, too").isGreaterThan(MESSAGES);
    }

    @Test
    void aShadowThatBeginsInTheMiddleStartsFromTheSlotsStateGeneratorAndHeldMessages() throws Exception {
        install("dicing", Dicing.class);
        assertThat(swap("dicing", "0").outcome()).isEqualTo(Outcome.SWITCHED);
        source.settings().remove("messages"); // however late the shadow begins, there is more to come
        container.nodes().start("a", source);
        Await.until("it has begun", () -> slot().processed() > MESSAGES / 10);
        ShadowRun run = shadow("dicing", "0");
        Await.until("much was compared", () -> run.soFar().compared() > MESSAGES / 2);
        run.stop();
        ShadowReport report = ending(run);
        assertThat(report.compared()).isPositive();
        assertThat(report.missed()).isZero();
        assertThat(report.examples()).isEmpty();
        assertThat(report.differed()).isZero();
    }

    @Test
    void whatDiffersOrFailsIsToldInWords() throws Exception {
        install("wayward", Wayward.class);
        ShadowReport report = throughout(shadow("wayward", "0"));
        assertThat(report.differed()).isPositive();
        assertThat(report.failed()).isPositive();
        List<Example> examples = report.examples();
        assertThat(examples).hasSize(5);
        String self = container.nodes().status("a").orElseThrow().id().toString();
        assertThat(examples.get(0).live().getFirst()).startsWith("to itself: data 0 of application 7, 1000 bytes: 00");
        assertThat(examples.get(0).shadow().getFirst())
                .startsWith("to 127.0.0.1:1: data 0 of application 7, 1000 bytes: 00")
                .endsWith(" — another destination");
        assertThat(examples.get(1).shadow())
                .containsExactly("to itself: data 1 of application 7, \"lies\" — another payload from byte 0 on");
        assertThat(examples.get(2).shadow()).containsExactly("sent nothing");
        assertThat(examples.get(3).shadow().getFirst())
                .startsWith("threw java.lang.IllegalStateException: odd number 3, at " + Wayward.class.getName());
        assertThat(examples).allSatisfy(example -> assertThat(example.message()).doesNotContain(self));
        assertThat(container.nodes().status("a").orElseThrow().counters()).containsEntry("messages.failed", 0L);
    }

    @Test
    void aShadowThatHangsIsEndedAndTheNodeGoesOn() throws Exception {
        install("endless", Endless.class);
        ShadowRun run = shadow("endless", "0");
        container.nodes().start("a", source);
        Await.until("the slot had it all", () -> slot().processed() >= MESSAGES);
        ShadowReport report = ending(run);
        assertThat(report.ended())
                .startsWith("a call did not end within 2000 ms, it was at ")
                .contains("Endless");
        assertThat(report.compared()).isZero();
        assertThat(report.missed() + report.failed()).isGreaterThanOrEqualTo(MESSAGES);
        assertThat(slot().failed()).isZero();
    }

    @Test
    void aSwapOfTheSlotEndsIt() throws Exception {
        container.repository().add(Jars.relay11().toUri());
        ShadowRun run = shadow("relay", "[1.1,2)");
        assertThat(swap("relay", "[1.1,2)").outcome()).isEqualTo(Outcome.SWITCHED);
        assertThat(ending(run).ended()).startsWith("the version that serves was swapped, parked or removed");
        ShadowRun next = shadow("relay", "1.0");
        next.stop();
        assertThat(ending(next).live()).isEqualTo("1.1.0");
    }

    @Test
    void theStopOfItsBundleEndsItAndTheSlotServesOn() throws Exception {
        container.repository().add(Jars.relay11().toUri());
        ShadowRun run = shadow("relay", "[1.1,2)");
        container.bundle("ioverlay.algo.relay", "1.1.0").stop();
        assertThat(ending(run).ended()).startsWith("the bundle of relay 1.1.0 was stopped");
        assertThat(slot().state()).isEqualTo("serving");
    }

    @Test
    void aSlotThatIsParkedOrRemovedEndsIt() throws Exception {
        container.repository().add(Jars.relay11().toUri());
        ShadowRun parked = shadow("relay", "[1.1,2)");
        container.bundle("ioverlay.algo.relay", "1.0.0").stop();
        assertThat(ending(parked).ended()).startsWith("the version that serves was swapped, parked or removed");
        Await.until("the other version serves", () -> slot().state().equals("serving"));
        ShadowRun removed = shadow("relay", "[1.1,2)");
        container.nodes().remove("a");
        assertThat(ending(removed).ended()).startsWith("the version that serves was swapped, parked or removed");
    }

    @Test
    void itsTimeEndsItAndSoDoesTheContainer() throws Exception {
        ShadowReport timed = ending(shadow("relay", "1.0", Duration.ofMillis(10)));
        assertThat(timed.ended()).isEqualTo("its time of 10 ms is up");
        ShadowRun run = shadow("relay", "1.0");
        container.close();
        assertThat(ending(run).ended()).startsWith("it was stopped");
        container = LiveContainer.with();
    }

    @Test
    void whatCannotBeShadowedIsRefusedInASentence() throws Exception {
        ShadowRun run = shadow("relay", "1.0");
        assertRefused("a", SESSION, "relay", "1.0", "slot 7 of a has a shadow already");
        run.stop();
        ending(run);
        assertRefused("b", SESSION, "relay", "1.0", "there is no node 'b'");
        assertRefused("a", 8, "relay", "1.0", "node 'a' has no slot 8");
        assertRefused("a", SESSION, "relay", "[9,10)", "no algorithm 'relay' in versions [9.0.0,10.0.0)");
        assertRefused("a", SESSION, "relay", "newest", "newest");
        container.bundle("ioverlay.algo.relay", "1.0.0").stop();
        assertRefused("a", SESSION, "relay", "1.0", "slot 7 of a is parked");
    }

    private void assertRefused(String node, int slot, String algorithm, String versions, String sentence) {
        ShadowRequest request = new ShadowRequest(node, slot, algorithm, versions, Duration.ofMinutes(1));
        assertThatThrownBy(() -> container.swaps().shadow(request))
                .isInstanceOf(RefusedException.class)
                .hasMessageContaining(sentence);
    }

    @Test
    void aSlowShadowDelaysNoTurnAndWhatItMissesIsCounted() throws Exception {
        install("sluggish", Sluggish.class);
        container.nodes().start("a", new ApplicationSpec("source.backtoback", SESSION, new JsonObject()));
        Await.until("it flows", () -> slot().processed() > 10_000);
        double best = 0;
        for (int tries = 0; tries < 5 && best < 0.9; tries++) {
            best = Math.max(best, ratioWithShadow());
        }
        assertThat(best).isGreaterThanOrEqualTo(0.8);
    }

    /** Rounds with and without, in turn, so that what else the machine does meets both. */
    private double ratioWithShadow() throws Exception {
        List<Double> ratios = new ArrayList<>();
        long compared = 0;
        long missed = 0;
        double timesSlower = 0; // at best: a busy machine makes a call that serves longer, too
        for (int round = 0; round < 6; round++) {
            double without = perSecond();
            ShadowRun run = shadow("sluggish", "0");
            double with = perSecond();
            run.stop();
            ShadowReport report = ending(run);
            timesSlower = Math.max(
                    timesSlower,
                    (double) report.shadowTurn().toNanos() / report.liveTurn().toNanos());
            assertThat(report.missed()).isPositive();
            compared += report.compared();
            missed += report.missed();
            ratios.add(with / without);
        }
        assertThat(timesSlower).isGreaterThan(100);
        ratios.sort(null);
        double median = (ratios.get(2) + ratios.get(3)) / 2;
        System.out.printf(
                "a slow shadow: throughput of the slot with it to without it %.2f (%.2f to %.2f); %d calls compared,"
                        + " %d missed%n",
                median, ratios.getFirst(), ratios.getLast(), compared, missed);
        return median;
    }

    private double perSecond() {
        long start = System.nanoTime();
        long before = slot().processed();
        Await.until("a while has passed", () -> System.nanoTime() - start > 150_000_000);
        long after = slot().processed();
        return (after - before) * 1e9 / (System.nanoTime() - start);
    }
}

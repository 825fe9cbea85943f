package ioverlay.itest;

import static org.assertj.core.api.Assertions.assertThat;

import ioverlay.api.Algorithm;
import ioverlay.api.container.Events.Subscription;
import ioverlay.api.container.NodeStatus.SlotStatus;
import ioverlay.api.container.Probation;
import ioverlay.api.container.RefusedException;
import ioverlay.api.container.Repository;
import ioverlay.api.container.SwapPhase;
import ioverlay.api.container.SwapRequest;
import ioverlay.api.container.SwapResult;
import ioverlay.api.container.SwapResult.Outcome;
import ioverlay.itest.hostile.Births;
import ioverlay.itest.hostile.Calls;
import ioverlay.itest.hostile.Endless;
import ioverlay.itest.hostile.Forwarder;
import ioverlay.itest.hostile.Heirs;
import ioverlay.itest.hostile.Waits;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.osgi.framework.Bundle;

/**
 * What a version may do wrong, each as a real bundle against a node with live traffic. Whatever it is: the old version
 * goes on, no message is lost, and the sentence names the cause. {@code docs/hostile-versions.md} is this table in words.
 */
final class HostileVersionsTest {
    private static final Matrix MATRIX = new Matrix("a new version against a node with live traffic");
    private static final AtomicInteger VERSION = new AtomicInteger();

    @TempDir
    private static Path directory;

    private static LiveContainer container;
    private static Line line;

    /** What comes to pass with a version. */
    enum Fate {
        NOT_ADDED,
        REFUSED,
        RETURNED
    }

    /** A bundle in a version of its own. */
    @FunctionalInterface
    interface Packed {
        Path at(String version) throws Exception;
    }

    record Row(String what, Packed bundle, Fate fate, SwapPhase reached, List<String> inSentence) {
        @Override
        public String toString() {
            return what;
        }
    }

    private static Row notAdded(String what, Packed bundle, String... inSentence) {
        return new Row(what, bundle, Fate.NOT_ADDED, SwapPhase.VERIFY, List.of(inSentence));
    }

    private static Row refused(String what, SwapPhase reached, Class<? extends Algorithm> type, String... inSentence) {
        return new Row(
                what, version -> relay(version, type).write(directory), Fate.REFUSED, reached, List.of(inSentence));
    }

    private static Row returned(String what, Class<? extends Algorithm> type, String... inSentence) {
        return new Row(
                what,
                version -> relay(version, type).write(directory),
                Fate.RETURNED,
                SwapPhase.PROBATION,
                List.of(inSentence));
    }

    private static TestBundle relay(String version, Class<? extends Algorithm> type) throws Exception {
        return TestBundle.of("hostile", version).algorithm("relay", type);
    }

    private static TestBundle good(String version) throws Exception {
        return relay(version, Forwarder.class);
    }

    static List<Row> bundles() {
        return List.of(
                notAdded(
                        "is no JAR", version -> Files.writeString(directory.resolve("text.jar"), "no JAR"), "text.jar"),
                notAdded(
                        "is half a JAR",
                        version -> {
                            byte[] whole = Files.readAllBytes(Jars.relay11());
                            return Files.write(directory.resolve("half.jar"), Arrays.copyOf(whole, whole.length / 2));
                        },
                        "half.jar"),
                notAdded(
                        "is too large",
                        version -> {
                            Path large = directory.resolve("large.jar");
                            try (var file = new RandomAccessFile(large.toFile(), "rw")) {
                                file.setLength(Repository.MAX_BUNDLE_BYTES + 1L);
                            }
                            return large;
                        },
                        "at most",
                        "large.jar"),
                notAdded(
                        "has no algorithm",
                        version -> TestBundle.of("hostile", version).write(directory),
                        "ioverlay.algorithm"),
                notAdded(
                        "exports packages",
                        version -> good(version)
                                .header("Export-Package", "ioverlay.itest.hostile")
                                .write(directory),
                        "exports nothing"),
                notAdded(
                        "needs a package that nobody has",
                        version -> good(version)
                                .header("Import-Package", "ioverlay.api,com.google.gson,no.such")
                                .write(directory),
                        "does not resolve",
                        "no.such"),
                notAdded(
                        "needs a newer api",
                        version -> good(version)
                                .header("Import-Package", "ioverlay.api;version=\"[9,10)\",com.google.gson")
                                .write(directory),
                        "does not resolve",
                        "ioverlay.api",
                        "nearest is ioverlay.api 1."),
                notAdded(
                        "has an activator that throws",
                        version -> good(version)
                                .activator(Births.ThrowingActivator.class)
                                .write(directory),
                        "does not start",
                        "the activator gave up"),
                notAdded(
                        "throws in its constructor",
                        version -> relay(version, Births.Unconstructed.class).write(directory),
                        "the constructor gave up"),
                notAdded(
                        "throws when its component is activated",
                        version -> relay(version, Births.Unactivated.class).write(directory),
                        "the activation gave up"),
                notAdded(
                        "calls System.exit",
                        version -> relay(version, Calls.Exiting.class).write(directory),
                        "System.exit",
                        "Calls$Exiting"));
    }

    static List<Row> candidates() {
        return List.of(
                refused("throws when it begins", SwapPhase.START, Births.Unbegun.class, "the begin gave up"),
                refused("waits for ever when it begins", SwapPhase.START, Births.HangingBegin.class, "within 1000 ms"),
                refused("loops for ever when it begins", SwapPhase.START, Births.LoopingBegin.class, "within 1000 ms"),
                refused("finds itself unfit", SwapPhase.START, Births.Unfit.class, "the self-check gave up"),
                refused("vetoes the state", SwapPhase.MIGRATE, Heirs.Vetoing.class, "too old for me"),
                refused("throws in restore", SwapPhase.MIGRATE, Heirs.Breaking.class, "restore broke"),
                refused(
                        "throws in the final restore",
                        SwapPhase.SWITCH,
                        Heirs.BreakingLate.class,
                        "the second restore broke"));
    }

    static List<Row> served() {
        return List.of(
                returned("throws at the first message", Calls.Failing.class, "broke it", "Calls$Failing"),
                returned("throws after 1000 messages", Calls.LateFailing.class, "broke it", "Calls$Failing"),
                returned(
                        "throws, and does not save either",
                        Calls.FailingWithItsState.class,
                        "broke it",
                        "Calls$Failing"),
                returned("wants too much memory", Calls.Greedy.class, "OutOfMemoryError"),
                returned("overflows the stack", Calls.Overflowing.class, "StackOverflowError"),
                returned("lacks a class", Calls.Incomplete.class, "Forgotten"),
                returned("loops for ever", Endless.Loop.class, "Endless$Loop"),
                returned("loops for ever after 1000 messages", Endless.LateLoop.class, "Endless$Loop"),
                returned(
                        "loops for ever and catches all",
                        Endless.LoopThatCatchesAll.class,
                        "Endless$LoopThatCatchesAll"),
                returned("recurses for ever", Endless.Recursion.class, "Endless$Recursion"),
                returned("waits for a lock for ever", Waits.ForALock.class, "Waits$ForALock"));
    }

    @BeforeAll
    static void boot() throws Exception {
        Waits.begin();
        container = LiveContainer.with(
                Map.of("ioverlay.swap.limit.ms", "1000", "ioverlay.turn.limit.ms", "400"),
                Jars.ours("ioverlay.algo.relay"),
                Jars.relay11(),
                Jars.ours("ioverlay.app"));
        line = Line.of(container, "a");
    }

    @AfterAll
    static void stop() throws Exception {
        MATRIX.print();
        Waits.over();
        try {
            line.drain();
            assertNothingMissing();
        } finally {
            container.close();
        }
    }

    @ParameterizedTest(name = "a bundle that {0}")
    @MethodSource("bundles")
    void aBundleThatIsNotTaken(Row row) throws Exception {
        assertFate(row);
    }

    @ParameterizedTest(name = "a version that {0}")
    @MethodSource("candidates")
    void aVersionThatIsRefused(Row row) throws Exception {
        assertFate(row);
    }

    @ParameterizedTest(name = "a version that {0}")
    @MethodSource("served")
    void aVersionThatServedAndIsWithdrawn(Row row) throws Exception {
        assertFate(row);
    }

    @Test
    void whatAVersionSwallowsAfterItsProbationIsCounted() throws Exception {
        long failed = line.failed();
        serve("9.2.1", Calls.LateFailing.class);
        Await.until("it fails", () -> line.failed() > failed + 10);
        SwapResult back =
                container.swaps().rollback(line.middle(), Line.SESSION, "").get(30, TimeUnit.SECONDS);
        MATRIX.add("throws after its probation (rollback)", back);
        assertThat(back.outcome()).as(back.sentence()).isEqualTo(Outcome.SWITCHED);
        assertGoesOn();
    }

    @Test
    void aLoopAfterTheProbationIsNoBetter() throws Exception {
        List<String> told = new CopyOnWriteArrayList<>();
        try (Subscription events = container.events().subscribe(event -> {
            if (event.node().equals(line.middle()) && !event.kind().startsWith("link.")) {
                told.add(event.kind() + ": " + event.sentence());
            }
        })) {
            assertThat(events).isNotNull();
            serve("9.2.2", Endless.LateLoop.class);
            Await.until(
                    "the old version is back: " + told,
                    () -> line.slot().version().equals("1.0.0"));
        }
        MATRIX.add("loops for ever after its probation", "STALLED", "", String.join("; ", told));
        assertThat(String.join("\n", told)).contains("9.2.2").contains("Endless$Loop");
        assertGoesOn();
    }

    @Test
    void aThreadThatWasLeftBehindIsNamed() throws Exception {
        serve("9.2.3", Waits.Leaking.class);
        line.awaitFlow();
        SwapResult back = swap("1.0.0");
        assertThat(back.outcome()).as(back.sentence()).isEqualTo(Outcome.SWITCHED);
        Await.until("its thread is named", () -> holders("9.2.3").contains("hostile-leftover"));
        MATRIX.add("leaves a thread behind", "SWITCHED", "RETIRE", holders("9.2.3"));
        assertGoesOn();
    }

    private static String holders(String version) {
        return container.repository().retired().stream()
                .filter(retired -> retired.version().equals(version))
                .flatMap(retired -> retired.holders().stream())
                .collect(Collectors.joining("; "));
    }

    @Test
    void aNodeWithoutAnOldVersionStaysParked() throws Exception {
        Bundle relay = container.bundle("ioverlay.algo.relay", "1.0.0");
        relay.stop();
        assertThat(line.slot().state()).isEqualTo("parked");
        add("9.2.4", Births.Unbegun.class);
        SwapResult result = swap("9.2.4");
        MATRIX.add("throws when it begins, nothing serves", result);
        assertThat(result.outcome()).as(result.sentence()).isEqualTo(Outcome.REFUSED);
        assertThat(result.sentence()).contains("the begin gave up");
        assertThat(line.slot().state()).isEqualTo("parked");
        relay.start();
        assertGoesOn();
    }

    private static void add(String version, Class<? extends Algorithm> type) throws Exception {
        container.repository().add(relay(version, type).write(directory).toUri());
    }

    /** Without a probation: the switch is final. */
    private static void serve(String version, Class<? extends Algorithm> type) throws Exception {
        add(version, type);
        SwapResult result = container
                .swaps()
                .swap(request(version).withProbation(Probation.NONE))
                .get(30, TimeUnit.SECONDS);
        assertThat(result.outcome()).as(result.sentence()).isEqualTo(Outcome.SWITCHED);
    }

    private static void assertFate(Row row) throws Exception {
        String version = "9.0." + VERSION.incrementAndGet();
        Path bundle = row.bundle().at(version);
        long failed = line.failed();
        Bundle[] installed = container.context().getBundles();
        try {
            container.repository().add(bundle.toUri());
            SwapResult result = swap(version);
            MATRIX.add(row.what(), result);
            assertThat(result.outcome().name())
                    .as(result.sentence())
                    .isEqualTo(row.fate().name());
            assertThat(result.reached()).as(result.sentence()).isEqualTo(row.reached());
            assertThat(result.sentence()).contains(row.inSentence());
        } catch (RefusedException e) {
            MATRIX.add(row.what(), "NOT ADDED", "VERIFY", e.getMessage());
            assertThat(row.fate()).as(e.getMessage()).isEqualTo(Fate.NOT_ADDED);
            assertThat(e.getMessage()).contains(row.inSentence());
            assertThat(installed)
                    .as("what came before may be leaving")
                    .contains(container.context().getBundles());
        }
        assertGoesOn();
        assertThat(line.failed()).as("swallowed").isEqualTo(failed);
    }

    private static SwapRequest request(String version) {
        return new SwapRequest(line.middle(), Line.SESSION, "relay", "[" + version + "," + version + "]");
    }

    private static SwapResult swap(String version) throws Exception {
        return container
                .swaps()
                .swap(request(version).withProbation(Probation.STANDARD.lasting(Duration.ofSeconds(3))))
                .get(30, TimeUnit.SECONDS);
    }

    private static void assertGoesOn() {
        line.awaitFlow();
        SlotStatus slot = line.slot();
        assertThat(List.of(slot.algorithm(), slot.version(), slot.state()))
                .containsExactly("relay", "1.0.0", "serving");
        assertNothingMissing();
    }

    private static void assertNothingMissing() {
        assertThat(line.count("lost")).as("lost").isEqualTo(line.failed());
        assertThat(line.count("duplicated")).as("duplicated").isZero();
        assertThat(line.count("reordered")).as("reordered").isZero();
    }

    @Test
    void bytesWithAnotherDigestAreNotTaken() throws Exception {
        Path bundle = good("9.1.0").write(directory);
        assertRefused(
                "has another digest than was said",
                () -> container.repository().add(bundle.toUri(), "0".repeat(64)),
                "SHA-256",
                "0".repeat(64));
    }

    @Test
    void aVersionWithOtherContentsIsNotTaken() throws Exception {
        container.repository().add(good("9.1.1").write(directory).toUri());
        Path bundle = good("9.1.1").file("more", "more").write(directory);
        assertRefused(
                "has other contents than before", () -> container.repository().add(bundle.toUri()), "bump the version");
    }

    @Test
    void aRangeThatMatchesNothingChangesNothing() throws Exception {
        assertRefused("is in no range", swap("8.0.0"), "[8.0.0,8.0.0]", "1.0.0");
    }

    @Test
    void anUnknownNodeIsNamed() throws Exception {
        SwapResult result = container
                .swaps()
                .swap(new SwapRequest("nowhere", Line.SESSION, "relay", "[1.1,2)"))
                .get(30, TimeUnit.SECONDS);
        assertRefused("is for an unknown node", result, "nowhere");
    }

    private static void assertRefused(String what, Runnable adds, String... inSentence) {
        try {
            adds.run();
            throw new AssertionError("it was taken");
        } catch (RefusedException e) {
            MATRIX.add(what, "NOT ADDED", "VERIFY", e.getMessage());
            assertThat(e.getMessage()).contains(inSentence);
        }
        assertGoesOn();
    }

    private static void assertRefused(String what, SwapResult result, String... inSentence) {
        MATRIX.add(what, result);
        assertThat(result.outcome()).isEqualTo(Outcome.REFUSED);
        assertThat(result.sentence()).contains(inSentence);
        assertGoesOn();
    }
}

package ioverlay.itest;

import static org.assertj.core.api.Assertions.assertThat;

import ioverlay.api.Algorithm;
import ioverlay.api.container.Probation;
import ioverlay.api.container.SwapRequest;
import ioverlay.api.container.SwapResult;
import ioverlay.api.container.SwapResult.Outcome;
import ioverlay.itest.hostile.Waits;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Calls that nothing can end: their threads are left behind, the version before is back, and nobody else notices. */
final class StuckTurnsTest {
    private static final Logger LOG = System.getLogger(StuckTurnsTest.class.getName());

    @TempDir
    private Path directory;

    private LiveContainer container;

    @BeforeEach
    void boot() throws Exception {
        Waits.begin();
        container = LiveContainer.with(
                Map.of("ioverlay.turn.limit.ms", "400"),
                Jars.ours("ioverlay.algo.relay"),
                Jars.relay11(),
                Jars.ours("ioverlay.app"));
    }

    @AfterEach
    void stop() throws Exception {
        Waits.over();
        container.close();
    }

    /** Without a probation: the switch is final. */
    private void assertSwitched(Line line, String versions) throws Exception {
        SwapResult result = container
                .swaps()
                .swap(new SwapRequest(line.middle(), Line.SESSION, "relay", versions).withProbation(Probation.NONE))
                .get(30, TimeUnit.SECONDS);
        assertThat(result.outcome()).as(result.sentence()).isEqualTo(Outcome.SWITCHED);
    }

    private void add(String version, Class<? extends Algorithm> type) throws Exception {
        container
                .repository()
                .add(TestBundle.of("hostile", version)
                        .algorithm("relay", type)
                        .write(directory)
                        .toUri());
    }

    /** The version before is back, and what the one that was left behind swallowed is counted. */
    private void assertBack(Line line) {
        Await.until(
                "relay 1.0.0 is back: " + line.slot(),
                () -> line.slot().state().equals("serving")
                        && line.slot().version().equals("1.0.0"));
        line.awaitFlow();
        line.drain();
        assertThat(line.count("lost")).as(line.middle()).isEqualTo(line.failed());
        assertThat(List.of(line.count("duplicated"), line.count("reordered"))).containsOnly(0L);
    }

    @Test
    void oneOnProbationEndsItAndWhatItSwallowedIsDoneAgain() throws Exception {
        add("9.0.3", Waits.ForAMonitor.class);
        Line line = Line.of(container, "probation");
        SwapResult result = container
                .swaps()
                .swap(new SwapRequest(line.middle(), Line.SESSION, "relay", "[9.0.3,9.0.3]"))
                .get(30, TimeUnit.SECONDS);
        assertThat(result.outcome()).as(result.sentence()).isEqualTo(Outcome.RETURNED);
        assertThat(result.sentence()).contains("relay 1.0.0 is back", "Waits$ForAMonitor");
        assertBack(line);
        assertThat(line.failed()).isZero();
    }

    @Test
    void twoAtOnceDoNotStopTheOtherNodes() throws Exception {
        add("9.0.1", Waits.ForAMonitor.class);
        add("9.0.2", Waits.InAStaticInitialiser.class);
        Line monitor = Line.of(container, "monitor");
        Line initialiser = Line.of(container, "initialiser");
        Line other = Line.of(container, "other");

        Set<String> condemned = ConcurrentHashMap.newKeySet();
        container.events().subscribe(event -> {
            if (event.kind().equals("turn.condemned")) {
                condemned.add(event.node());
            }
        });

        try (Standstill standstill = new Standstill(other)) {
            assertSwitched(monitor, "[9.0.1,9.0.1]");
            assertSwitched(initialiser, "[9.0.2,9.0.2]");
            Await.until("both are left behind", () -> condemned.size() == 2);
            other.awaitFlow();
            for (String versions : List.of("[1.1,1.2)", "[1.0,1.1)")) {
                assertSwitched(other, versions);
            }
            LOG.log(
                    Level.INFO,
                    "while the turns of {0} were stuck, another node stood still for {1} ms at most",
                    condemned,
                    standstill.longestMs());
        }
        assertBack(monitor);
        assertBack(initialiser);
        other.awaitFlow();
        other.drain();
        assertThat(List.of(other.failed(), other.count("lost"), other.count("duplicated"), other.count("reordered")))
                .containsOnly(0L);
    }

    /** Watches how long nothing arrives at the end of a line, on a thread that no turn can hold up. */
    private static final class Standstill implements AutoCloseable {
        private final AtomicBoolean over = new AtomicBoolean();

        /** Volatile: read by the test. */
        private volatile long longestNs;

        Standstill(Line line) {
            Thread.ofPlatform().daemon().start(() -> watch(line));
        }

        private void watch(Line line) {
            long consumed = line.consumed();
            long since = System.nanoTime();
            while (!over.get()) {
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(2));
                long now = line.consumed();
                long at = System.nanoTime();
                longestNs = Math.max(longestNs, at - since);
                if (now != consumed) {
                    consumed = now;
                    since = at;
                }
            }
        }

        long longestMs() {
            return TimeUnit.NANOSECONDS.toMillis(longestNs);
        }

        @Override
        public void close() {
            over.set(true);
        }
    }
}

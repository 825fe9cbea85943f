package ioverlay.container.shadow;

import com.google.gson.JsonObject;
import ioverlay.api.Algorithm;
import ioverlay.api.container.ShadowReport;
import ioverlay.api.container.ShadowRequest;
import ioverlay.api.container.ShadowRun;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** One slot, one shadow, and what was told of it. */
final class Stage implements AutoCloseable {
    static final Limits SHORT = new Limits(
            1024,
            16L << 20,
            16L << 20,
            Duration.ofSeconds(5),
            Duration.ofMillis(100),
            Duration.ofSeconds(1),
            Duration.ofMillis(50),
            Duration.ofMillis(50));

    record Told(String kind, String sentence, JsonObject detail) {}

    final FakeSlot slot;
    final List<Told> told = new CopyOnWriteArrayList<>();
    final Shadows shadows;

    Stage() {
        this(new FakeSlot(), Limits.STANDARD);
    }

    Stage(FakeSlot slot, Limits limits) {
        this.slot = slot;
        this.shadows =
                new Shadows(limits, (kind, node, sentence, detail) -> told.add(new Told(kind, sentence, detail)));
    }

    static ShadowRequest request(Duration time) {
        return new ShadowRequest("n1", FakeSlot.APPLICATION, "relay", "[1.1,2)", time);
    }

    ShadowRun start(Algorithm shadow) {
        return start(new FakeLoan(shadow));
    }

    ShadowRun start(FakeLoan loan) {
        return shadows.start(request(Duration.ofMinutes(1)), slot, () -> loan);
    }

    /** Stops it when it has kept up, and checks that every call was accounted for. */
    ShadowReport stop(ShadowRun run) throws Exception {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
        while (counted(run.soFar()) < slot.calls && System.nanoTime() - deadline < 0) {
            LockSupport.parkNanos(200_000);
        }
        run.stop();
        return ending(run);
    }

    ShadowReport ending(ShadowRun run) throws Exception {
        ShadowReport report = run.report().get(10, TimeUnit.SECONDS);
        if (counted(report) != slot.calls) {
            throw new AssertionError(slot.calls + " calls, but counted " + counted(report) + ": " + report);
        }
        return report;
    }

    private static long counted(ShadowReport report) {
        return report.compared() + report.failed() + report.missed();
    }

    @Override
    public void close() {
        shadows.close();
    }
}

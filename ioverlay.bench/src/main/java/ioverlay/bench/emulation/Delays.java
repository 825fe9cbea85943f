package ioverlay.bench.emulation;

import ioverlay.api.NodeId;
import ioverlay.api.container.Emulation;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;

/** Latency, jitter and loss of links, measured message by message. */
final class Delays {
    private static final int[] LATENCIES_MS = {5, 50, 200};
    private static final double[] LOSSES = {0.01, 0.1, 0.5};
    private static final int JITTER_LATENCY_MS = 60;
    private static final int JITTER_MS = 20;

    /** So many links with jitter, since messages must be so far apart that none waits for the one before. */
    private static final int JITTER_LINKS = 8;

    private static final int JITTER_PER_SECOND = 20;
    private static final int LATENCY_PER_SECOND = 100;
    private static final int LOSS_PER_SECOND = 2000;
    private static final int PAYLOAD = 64;
    private static final long MICROS_PER_MS = 1000;

    private Delays() {}

    static List<Row> measure(Fleet fleet, long seconds) throws InterruptedException {
        Map<Integer, Gauge> latencies = new LinkedHashMap<>();
        for (int latency : LATENCIES_MS) {
            latencies.put(latency, road(fleet, "latency" + latency, latency * MICROS_PER_MS, 0, 0, LATENCY_PER_SECOND));
        }
        Map<Double, Gauge> losses = new LinkedHashMap<>();
        for (double loss : LOSSES) {
            losses.put(loss, road(fleet, "loss" + loss, 0, 0, loss, LOSS_PER_SECOND));
        }
        List<Gauge> jitters = new ArrayList<>();
        for (int i = 0; i < JITTER_LINKS; i++) {
            jitters.add(road(
                    fleet,
                    "jitter" + i,
                    JITTER_LATENCY_MS * MICROS_PER_MS,
                    JITTER_MS * MICROS_PER_MS,
                    0,
                    JITTER_PER_SECOND));
        }
        List<Gauge> all = new ArrayList<>(jitters);
        all.addAll(latencies.values());
        all.addAll(losses.values());
        Waits.afterFirst(all, TimeUnit.SECONDS.toNanos(seconds));
        List<Row> rows = new ArrayList<>();
        latencies.forEach((latency, gauge) -> rows.add(new DelayRow("latency", latency, 0, gauge.delaysNs())));
        long[] spread = jitters.stream()
                .flatMapToLong(gauge -> LongStream.of(gauge.delaysNs()))
                .toArray();
        rows.add(new DelayRow("jitter ± " + JITTER_MS + " ms", JITTER_LATENCY_MS, JITTER_MS, spread));
        losses.forEach((loss, gauge) -> {
            Losses found = gauge.losses(); // before the sender is asked, who knows of more by then
            rows.add(new LossRow(loss, found, fleet.lostOnPurpose("loss" + loss + "-a")));
        });
        return rows;
    }

    private static Gauge road(
            Fleet fleet, String name, long latencyMicros, long jitterMicros, double loss, int perSecond) {
        NodeId end = fleet.relay(name + "-b", Emulation.NONE);
        fleet.relay(name + "-a", Caps.links(Arrays.asList(Caps.slow(end, latencyMicros, jitterMicros, loss))), end);
        Gauge gauge = fleet.sink(name + "-b", Road.APPLICATION);
        fleet.source(name + "-a", Road.APPLICATION, PAYLOAD, perSecond);
        return gauge;
    }
}

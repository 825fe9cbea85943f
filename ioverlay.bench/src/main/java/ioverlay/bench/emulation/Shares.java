package ioverlay.bench.emulation;

import ioverlay.api.NodeId;
import ioverlay.api.container.Emulation;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Eight sessions from eight nodes compete for one capped node; each is to get its weight's share. */
final class Shares {
    private static final List<Kind> KINDS = List.of(Kind.IN, Kind.OUT, Kind.TOTAL);
    private static final int[] WEIGHTS = {1, 1, 2, 2, 3, 3, 4, 4};
    private static final int SUM = 20;
    private static final long RATE = 4_000_000;
    private static final int PAYLOAD = 1000;
    private static final double BOUND_PERCENT = 5;
    private static final long SETTLE_NS = TimeUnit.SECONDS.toNanos(1);

    private Shares() {}

    static List<Row> measure(Fleet fleet, long seconds) throws InterruptedException {
        List<Gauge> gauges = new ArrayList<>();
        for (Kind kind : KINDS) {
            gauges.addAll(cross(fleet, kind));
        }
        long measuredNs = TimeUnit.SECONDS.toNanos(seconds);
        long from = Waits.afterFirst(gauges, SETTLE_NS + measuredNs) + SETTLE_NS;
        List<Row> rows = new ArrayList<>();
        for (int i = 0; i < gauges.size(); i++) {
            int weight = WEIGHTS[i % WEIGHTS.length];
            rows.add(new RateRow(
                    KINDS.get(i / WEIGHTS.length) + ", weight " + weight,
                    RATE * weight / SUM,
                    gauges.get(i).rate(from, from + measuredNs),
                    BOUND_PERCENT));
        }
        return rows;
    }

    /** Eight upstreams, the capped node, and one that receives all sessions. */
    private static List<Gauge> cross(Fleet fleet, Kind kind) {
        String name = "share-" + kind;
        NodeId end = fleet.relay(name + "-b", Emulation.NONE);
        // What passes counts twice in a total.
        NodeId middle = fleet.relay(
                name + "-m",
                Caps.node(
                        kind == Kind.TOTAL ? 2 * RATE : 0,
                        kind == Kind.IN ? RATE : 0,
                        kind == Kind.OUT ? RATE : 0,
                        List.of()),
                end);
        List<Gauge> gauges = new ArrayList<>();
        for (int i = 0; i < WEIGHTS.length; i++) {
            int application = i + 1;
            String above = name + "-a" + application;
            NodeId start = fleet.relay(above, Emulation.NONE, middle);
            fleet.weigh(name + "-m", 0, start, WEIGHTS[i]);
            gauges.add(fleet.sink(name + "-b", application));
        }
        for (int i = 0; i < WEIGHTS.length; i++) {
            fleet.source(name + "-a" + (i + 1), i + 1, PAYLOAD, 0);
        }
        return gauges;
    }
}

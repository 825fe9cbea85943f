package ioverlay.bench.emulation;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** Measures what comes out of caps: some side by side where rates are low, else one after the other. */
final class CapRates {
    static final String FIRST_SECOND = " first second";

    private static final double BOUND_PERCENT = 2;
    private static final double FIRST_SECOND_BOUND_PERCENT = 5;
    private static final long SECOND_NS = TimeUnit.SECONDS.toNanos(1);
    private static final long SPARE_NS = TimeUnit.MILLISECONDS.toNanos(100);

    private static final long BETWEEN_STARTS_MS = 20;

    /** All roads that run at the same time carry no more than this, in bytes per second. */
    private static final long MOST_TOGETHER = 40_000_000;

    private final Supplier<Fleet> fleets;
    private final long measuredNs;

    private record Case(Kind kind, long rate) {}

    CapRates(Supplier<Fleet> fleets, long seconds) {
        this.fleets = fleets;
        measuredNs = TimeUnit.SECONDS.toNanos(seconds);
    }

    /** Cases that can run at the same time, in order. */
    private static List<List<Case>> batches(List<Kind> kinds, List<Long> rates) {
        List<List<Case>> batches = new ArrayList<>();
        List<Case> batch = new ArrayList<>();
        long together = 0;
        for (long rate : rates) {
            for (Kind kind : kinds) {
                if (!batch.isEmpty() && together + rate > MOST_TOGETHER) {
                    batches.add(batch);
                    batch = new ArrayList<>();
                    together = 0;
                }
                batch.add(new Case(kind, rate));
                together += rate;
            }
        }
        batches.add(batch);
        return batches;
    }

    /** Two rows for each kind and rate: in all, and the first second. */
    List<Row> measure(List<Kind> kinds, List<Long> rates, Steps steps) throws InterruptedException {
        List<Row> rows = new ArrayList<>();
        if (kinds.isEmpty()) {
            return rows;
        }
        List<List<Case>> batches = batches(kinds, rates);
        for (List<Case> batch : batches) {
            steps.next("caps: " + batch.size() + " at " + RateRow.text(batch.getFirst().rate)
                    + (batch.size() == 1 ? "" : " to " + RateRow.text(batch.getLast().rate)));
            rows.addAll(together(batch));
        }
        return rows;
    }

    private List<Row> together(List<Case> batch) throws InterruptedException {
        try (Fleet fleet = fleets.get()) {
            List<Road> roads = new ArrayList<>();
            for (int i = 0; i < batch.size(); i++) {
                roads.add(Road.of(fleet, "cap" + i, batch.get(i).kind, batch.get(i).rate));
            }
            for (int i = 0; i < batch.size(); i++) {
                roads.get(i).send(fleet, Road.payload(batch.get(i).rate));
                TimeUnit.MILLISECONDS.sleep(BETWEEN_STARTS_MS); // what starts delays what has just begun
            }
            Waits.afterFirst(roads.stream().map(Road::gauge).toList(), measuredNs + SPARE_NS);
            List<Row> rows = new ArrayList<>();
            for (int i = 0; i < batch.size(); i++) {
                rows.addAll(rows(batch.get(i), roads.get(i).gauge()));
            }
            return rows;
        }
    }

    private List<Row> rows(Case wanted, Gauge gauge) {
        long first = gauge.firstNs().orElse(0);
        String kind = wanted.kind.toString();
        return List.of(
                new RateRow(kind, wanted.rate, gauge.rate(first, first + measuredNs), BOUND_PERCENT),
                new RateRow(
                        kind + FIRST_SECOND,
                        wanted.rate,
                        gauge.rate(first, first + SECOND_NS),
                        FIRST_SECOND_BOUND_PERCENT));
    }
}

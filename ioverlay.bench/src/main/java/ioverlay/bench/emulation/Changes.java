package ioverlay.bench.emulation;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Changes caps while traffic flows, and looks when the new rate holds: over the second that begins 200 ms after the change. */
final class Changes {
    private static final long SLOW = 100_000;
    private static final long FAST = 1_000_000;
    private static final long FASTEST = 10_000_000;
    private static final double BOUND_PERCENT = 5;
    private static final long BEFORE_NS = TimeUnit.SECONDS.toNanos(2);
    private static final long GRACE_MS = 200;
    private static final long STEP_MS = 10;
    private static final long SECOND_NS = TimeUnit.SECONDS.toNanos(1);

    private record Change(Kind kind, long from, long to) {
        @Override
        public String toString() {
            return kind + ", " + RateRow.text(from) + " to";
        }
    }

    private Changes() {}

    private static List<Change> all() {
        List<Change> all = new ArrayList<>();
        for (Kind kind : List.of(Kind.TOTAL, Kind.IN, Kind.OUT, Kind.LINK, Kind.FROM)) {
            all.add(new Change(kind, SLOW, FAST));
            all.add(new Change(kind, FAST, SLOW));
            all.add(new Change(kind, FASTEST, FAST));
        }
        return all;
    }

    static List<Row> measure(Fleet fleet) throws InterruptedException {
        List<Change> changes = all();
        List<Road> roads = new ArrayList<>();
        for (int i = 0; i < changes.size(); i++) {
            Change change = changes.get(i);
            Road road = Road.of(fleet, "change" + i, change.kind, change.from);
            roads.add(road);
            road.send(fleet, Road.payload(SLOW));
        }
        Waits.afterFirst(roads.stream().map(Road::gauge).toList(), BEFORE_NS);
        List<Long> changed = new ArrayList<>();
        for (int i = 0; i < changes.size(); i++) {
            emulate(fleet, roads.get(i), changes.get(i).kind, changes.get(i).to);
            changed.add(System.nanoTime());
        }
        TimeUnit.NANOSECONDS.sleep(BEFORE_NS + TimeUnit.MILLISECONDS.toNanos(GRACE_MS));
        List<Row> rows = new ArrayList<>();
        for (int i = 0; i < changes.size(); i++) {
            rows.add(row(changes.get(i), roads.get(i).gauge(), changed.get(i)));
        }
        return rows;
    }

    private static void emulate(Fleet fleet, Road road, Kind kind, long rate) {
        JsonObject change = new JsonObject();
        String above = road.name() + "-a";
        String below = road.name() + "-b";
        switch (kind) {
            case LINK -> change.add("links", link("to", fleet.id(below).toString(), rate));
            case FROM -> change.add("links", link("from", fleet.id(above).toString(), rate));
            default -> change.addProperty(kind.toString(), rate);
        }
        fleet.emulate(kind == Kind.IN || kind == Kind.FROM ? below : above, change);
    }

    private static JsonArray link(String way, String peer, long rate) {
        JsonObject link = new JsonObject();
        link.addProperty(way, peer);
        link.addProperty("bytesPerSecond", rate);
        JsonArray links = new JsonArray();
        links.add(link);
        return links;
    }

    private static Row row(Change change, Gauge gauge, long changedNs) {
        long from = changedNs + TimeUnit.MILLISECONDS.toNanos(GRACE_MS);
        return new RateRow(
                change.toString(),
                change.to,
                gauge.rate(from, from + SECOND_NS),
                BOUND_PERCENT,
                settledMillis(change, gauge, changedNs));
    }

    /** After how long a second begins in which the new rate holds; a second if it never does. */
    private static long settledMillis(Change change, Gauge gauge, long changedNs) {
        long after = 0;
        while (after < TimeUnit.SECONDS.toMillis(1)) {
            long from = changedNs + TimeUnit.MILLISECONDS.toNanos(after);
            if (new RateRow("", change.to, gauge.rate(from, from + SECOND_NS), BOUND_PERCENT).holds()) {
                break;
            }
            after += STEP_MS;
        }
        return after;
    }
}

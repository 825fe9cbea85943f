package ioverlay.bench;

import com.google.gson.JsonObject;
import ioverlay.api.container.SwapResult;
import ioverlay.api.container.SwapResult.Outcome;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What {@code bench swap} found. */
record SwapReport(
        SwapOptions options, List<SwapResult> results, Ledger ledger, Throughput throughput, Conditions conditions)
        implements BenchCommand.Report {
    private static final double MEGA = 1e6;
    private static final long NS_PER_MICRO = 1000;

    SwapReport {
        results = List.copyOf(results);
    }

    /** Whether every swap switched and every message arrived once and in order. */
    @Override
    public boolean passed() {
        return switched() == options.swaps() && ledger.isClean();
    }

    private long switched() {
        return results.stream()
                .filter(result -> result.outcome() == Outcome.SWITCHED)
                .count();
    }

    /** In microseconds, begun ones counted whole. */
    Percentiles pauses() {
        return Percentiles.of(results.stream()
                .filter(result -> result.outcome() == Outcome.SWITCHED)
                .mapToLong(result -> Math.ceilDiv(result.pause().toNanos(), NS_PER_MICRO))
                .toArray());
    }

    @Override
    public JsonObject toJson() {
        JsonObject pauseMicros = new JsonObject();
        Percentiles pauses = pauses();
        pauseMicros.addProperty("p50", pauses.p50());
        pauseMicros.addProperty("p99", pauses.p99());
        pauseMicros.addProperty("max", pauses.max());
        JsonObject json = new JsonObject();
        json.addProperty("swaps", switched());
        json.addProperty("lost", ledger.lost());
        json.addProperty("duplicated", ledger.duplicated());
        json.addProperty("reordered", ledger.reordered());
        json.add("pauseMicros", pauseMicros);
        json.addProperty("sent", ledger.sent());
        json.addProperty("payloadBytes", options.payloadBytes());
        json.addProperty("probationMillis", options.probation().toMillis());
        json.addProperty("seconds", throughput.seconds());
        json.addProperty("messagesPerSecond", Math.round(throughput.messagesPerSecond()));
        json.addProperty("bytesPerSecond", Math.round(throughput.bytesPerSecond()));
        conditions.writeTo(json);
        return json;
    }

    /** For a person. */
    @Override
    public List<String> lines() {
        Percentiles pauses = pauses();
        List<String> lines = new ArrayList<>();
        lines.add("swaps    lost  duplicated  reordered   pause p50      p99      max   throughput");
        lines.add("-----  ------  ----------  ---------   ---------  -------  -------   ----------");
        lines.add(String.format(
                Locale.ROOT,
                "%5d  %6d  %10d  %9d  %7d µs %5d µs %5d µs  %6.0f MB/s",
                switched(),
                ledger.lost(),
                ledger.duplicated(),
                ledger.reordered(),
                pauses.p50(),
                pauses.p99(),
                pauses.max(),
                throughput.bytesPerSecond() / MEGA));
        lines.add("");
        results.stream()
                .filter(result -> result.outcome() != Outcome.SWITCHED)
                .forEach(result -> lines.add("not switched, "
                        + result.reached().name().toLowerCase(Locale.ROOT) + ": " + result.sentence()));
        lines.add((passed() ? "passed: " : "failed: ") + switched() + " of " + options.swaps() + " swaps switched; "
                + ledger.delivered() + " of " + ledger.sent() + " messages arrived");
        return lines;
    }
}

package ioverlay.bench.emulation;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import ioverlay.bench.BenchCommand;
import ioverlay.bench.Conditions;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** What {@code bench emulation} found. */
record EmulationReport(List<Row> caps, List<Row> changes, List<Row> shares, List<Row> delays, Conditions conditions)
        implements BenchCommand.Report {
    EmulationReport {
        caps = List.copyOf(caps);
        changes = List.copyOf(changes);
        shares = List.copyOf(shares);
        delays = List.copyOf(delays);
    }

    /** Whether every bound was kept. */
    @Override
    public boolean passed() {
        return all().allMatch(Row::holds);
    }

    private Stream<Row> all() {
        return Stream.of(caps, changes, shares, delays).flatMap(List::stream);
    }

    @Override
    public JsonObject toJson() {
        JsonObject json = new JsonObject();
        json.add("rows", json(caps));
        json.add("changes", json(changes));
        json.add("shares", json(shares));
        json.add("delays", json(delays));
        json.addProperty("passed", passed());
        conditions.writeTo(json);
        return json;
    }

    private static JsonArray json(List<Row> rows) {
        JsonArray json = new JsonArray();
        rows.forEach(row -> json.add(row.toJson()));
        return json;
    }

    /** For a person. */
    @Override
    public List<String> lines() {
        List<String> lines = new ArrayList<>();
        lines.addAll(Table.of(caps, "cap", "target", "measured", "error", "bound", ""));
        lines.addAll(Table.of(changes, "live change", "target", "measured", "error", "bound", "held after"));
        lines.addAll(Table.of(shares, "share of 8", "target", "measured", "error", "bound", ""));
        lines.addAll(Table.of(delays, "link", "target", "median", "1 % – 99 %", "bound", "unevenness"));
        long kept = all().filter(Row::holds).count();
        lines.add((passed() ? "passed: " : "failed: ") + kept + " of " + all().count() + " within their bounds");
        return lines;
    }
}

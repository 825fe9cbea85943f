package ioverlay.bench.coding;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import ioverlay.bench.BenchCommand;
import ioverlay.bench.Conditions;
import java.util.List;

/** What {@code bench coding} found. */
record CodingReport(List<CodingRow> rows, Conditions conditions) implements BenchCommand.Report {
    CodingReport {
        rows = List.copyOf(rows);
    }

    /** What is to be expected depends on the machine: whatever was measured will do. */
    @Override
    public boolean passed() {
        return true;
    }

    @Override
    public List<String> lines() {
        return List.of(rows.size() + " rows");
    }

    @Override
    public JsonObject toJson() {
        JsonObject json = new JsonObject();
        JsonArray all = new JsonArray();
        rows.forEach(row -> all.add(row.toJson()));
        json.add("rows", all);
        conditions.writeTo(json);
        return json;
    }
}

package ioverlay.bench.coding;

import com.google.gson.JsonObject;
import java.util.Locale;

/**
 * One figure.
 *
 * @param what was measured
 * @param k blocks of a generation
 * @param bytes of a block
 * @param kernel that computed
 * @param gigabytesPerSecond bytes of all k blocks by the time that one turn took
 */
record CodingRow(What what, int k, int bytes, String kernel, double gigabytesPerSecond) {
    private static final double MOST_PRECISE = 1000;

    /** What {@link #toJson} made. */
    static CodingRow read(JsonObject json) {
        return new CodingRow(
                What.valueOf(json.get("what").getAsString().toUpperCase(Locale.ROOT)),
                json.get("k").getAsInt(),
                json.get("bytes").getAsInt(),
                json.get("kernel").getAsString(),
                json.get("GBps").getAsDouble());
    }

    JsonObject toJson() {
        JsonObject json = new JsonObject();
        json.addProperty("what", what.toString());
        json.addProperty("k", k);
        json.addProperty("bytes", bytes);
        json.addProperty("kernel", kernel);
        json.addProperty("GBps", Math.round(gigabytesPerSecond * MOST_PRECISE) / MOST_PRECISE);
        return json;
    }

    /** For a person. */
    String line() {
        return String.format(
                Locale.ROOT, "  %-6s %4d x %7d bytes  %-10s %8.3f GB/s", what, k, bytes, kernel, gigabytesPerSecond);
    }
}

package ioverlay.bench.emulation;

import com.google.gson.JsonObject;
import java.util.Locale;

/**
 * A rate that was to be, and the one that was.
 *
 * @param kind what was capped
 * @param targetBps bytes per second, headers included
 * @param measuredBps likewise
 * @param boundPercent by which they may differ
 * @param settledMillis after which time a changed rate held; −1 where nothing was changed
 */
record RateRow(String kind, long targetBps, double measuredBps, double boundPercent, long settledMillis)
        implements Row {
    private static final double KILO = 1e3;
    private static final double MEGA = 1e6;

    /** Nothing was changed. */
    RateRow(String kind, long targetBps, double measuredBps, double boundPercent) {
        this(kind, targetBps, measuredBps, boundPercent, -1);
    }

    double errorPercent() {
        return 100 * Math.abs(measuredBps - targetBps) / targetBps;
    }

    @Override
    public boolean holds() {
        return errorPercent() <= boundPercent;
    }

    @Override
    public String[] cells() {
        return new String[] {
            kind,
            text(targetBps),
            text(measuredBps),
            String.format(Locale.ROOT, "%.2f %%", errorPercent()),
            String.format(Locale.ROOT, "%.0f %%", boundPercent),
            settledMillis < 0 ? "" : settledMillis + " ms"
        };
    }

    static String text(long bps) {
        return text((double) bps);
    }

    /** Three digits that count, and the unit. */
    private static String text(double bps) {
        double value = bps >= MEGA ? bps / MEGA : bps / KILO;
        int digits = value >= 100 ? 1 : value >= 10 ? 2 : 3;
        return String.format(Locale.ROOT, "%." + digits + "f %s", value, bps >= MEGA ? "MBps" : "KBps");
    }

    @Override
    public JsonObject toJson() {
        JsonObject json = new JsonObject();
        json.addProperty("kind", kind);
        json.addProperty("targetBps", targetBps);
        json.addProperty("measuredBps", Math.round(measuredBps));
        json.addProperty("errorPercent", rounded(errorPercent()));
        json.addProperty("boundPercent", boundPercent);
        if (settledMillis >= 0) {
            json.addProperty("settledMillis", settledMillis);
        }
        json.addProperty("ok", holds());
        return json;
    }

    static double rounded(double value) {
        return Math.round(value * KILO) / KILO;
    }
}

package ioverlay.algo.tree;

import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;

/**
 * The available bandwidth of the node's last mile, as it was measured: by the node's own traffic while that waited for it,
 * else by a probe against the partner of the settings, at the start and after the emulated network has changed.
 */
final class LastMile {
    /** A change of less is noise. */
    private static final double NOISE = 0.02;

    private double rate;
    private JsonElement emulation = JsonNull.INSTANCE;

    /** Bytes per second; 0 if it is not known. */
    double rate() {
        return rate;
    }

    /** Goes on from what a predecessor knew. */
    void resume(double known) {
        rate = known;
    }

    /** What the engine reports; whether it should be probed anew. */
    boolean reported(JsonObject report) {
        JsonElement now = report.has("emulation") ? report.get("emulation") : JsonNull.INSTANCE;
        boolean changed = !emulation.isJsonNull() && !emulation.equals(now);
        emulation = now;
        if (report.has("lastMileBytesPerSecond")) {
            measured(report.get("lastMileBytesPerSecond").getAsDouble());
        }
        return changed;
    }

    /** A probe's result. */
    void measured(double bytesPerSecond) {
        if (bytesPerSecond > 0 && Math.abs(bytesPerSecond - rate) > NOISE * rate) {
            rate = bytesPerSecond;
        }
    }
}

package ioverlay.algo.tree;

import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import java.util.Arrays;

/**
 * The available bandwidth of the node's last mile, as it was measured: by the node's own traffic while that waited for it,
 * else by a probe against the partner of the settings, at the start and after the emulated network has changed.
 *
 * <p>It is the second greatest of the last five readings, so that a moment — a host that was busy, traffic that had just begun to
 * wait — is not taken for another last mile: most of what goes wrong makes it look slower. A probe counts as all five.
 */
final class LastMile {
    /** A change of less is noise. */
    private static final double NOISE = 0.02;

    private static final int READINGS = 5;

    private final double[] readings = new double[READINGS];
    private int next;
    private double latest;
    private double rate;
    private JsonElement emulation = JsonNull.INSTANCE;

    /** Bytes per second; 0 if it is not known. */
    double rate() {
        return rate;
    }

    /** Goes on from what a predecessor knew. */
    void resume(double known) {
        Arrays.fill(readings, known);
        rate = known;
    }

    /** What the engine reports; whether it should be probed anew. */
    boolean reported(JsonObject report) {
        JsonElement now = report.has("emulation") ? report.get("emulation") : JsonNull.INSTANCE;
        boolean changed = !emulation.isJsonNull() && !emulation.equals(now);
        emulation = now;
        if (report.has("lastMileBytesPerSecond")) {
            read(report.get("lastMileBytesPerSecond").getAsDouble());
        }
        return changed;
    }

    /** What is said again is no reading: nothing has waited since. */
    private void read(double bytesPerSecond) {
        if (bytesPerSecond <= 0 || bytesPerSecond == latest) {
            return;
        }
        latest = bytesPerSecond;
        if (rate == 0) {
            measured(bytesPerSecond);
            return;
        }
        readings[next++ % READINGS] = bytesPerSecond;
        double[] sorted = readings.clone();
        Arrays.sort(sorted);
        take(sorted[READINGS - 2]);
    }

    /** A probe's result. */
    void measured(double bytesPerSecond) {
        if (bytesPerSecond > 0) {
            Arrays.fill(readings, bytesPerSecond);
            take(bytesPerSecond);
        }
    }

    private void take(double bytesPerSecond) {
        if (Math.abs(bytesPerSecond - rate) > NOISE * rate) {
            rate = bytesPerSecond;
        }
    }
}

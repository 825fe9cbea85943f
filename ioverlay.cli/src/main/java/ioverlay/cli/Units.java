package ioverlay.cli;

import java.time.Duration;
import java.util.Locale;

/** Numbers as a person reads them. */
final class Units {
    private static final double MEGA = 1e6;
    private static final double KILO = 1e3;
    private static final double LEAST_RATE = 0.001;
    private static final double SHORT_RATE = 0.1;
    private static final double LEAST_SECONDS = 1e-3;

    private Units() {}

    /** Bytes with a decimal unit: 999 B, 1.5 kB, 140.1 MB. */
    static String bytes(long bytes) {
        if (bytes < KILO) {
            return bytes + " B";
        }
        return bytes < MEGA
                ? String.format(Locale.ROOT, "%.1f kB", bytes / KILO)
                : String.format(Locale.ROOT, "%.1f MB", bytes / MEGA);
    }

    /** Megabytes per second: with the digits that a small number needs. */
    static String rate(double bytesPerSecond) {
        double rate = bytesPerSecond / MEGA;
        if (rate > 0 && rate < LEAST_RATE) {
            return "<" + LEAST_RATE;
        }
        return String.format(Locale.ROOT, rate == 0 || rate >= SHORT_RATE ? "%.1f" : "%.3f", rate);
    }

    /** Bytes per second over a time; nothing if no time has passed. */
    static double rate(long bytes, double seconds) {
        return seconds < LEAST_SECONDS ? 0 : bytes / seconds;
    }

    /** A short time: 850 µs as 0.85 ms. */
    static String millis(Duration time) {
        return String.format(Locale.ROOT, "%.2f ms", time.toNanos() / MEGA);
    }
}

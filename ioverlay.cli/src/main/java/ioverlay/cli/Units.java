package ioverlay.cli;

import java.time.Duration;
import java.util.Locale;

/** Numbers as a person reads them. */
final class Units {
    private static final double MEGA = 1e6;
    private static final double KILO = 1e3;
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

    /** Megabytes per second: with as many digits as the size of the number needs. */
    static String rate(double bytesPerSecond) {
        double rate = bytesPerSecond / MEGA;
        return String.format(Locale.ROOT, rate >= 0.1 || rate == 0 ? "%.1f" : "%.6f", rate);
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

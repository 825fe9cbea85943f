package ioverlay.shell;

import java.time.Duration;
import java.util.Locale;

/** Numbers as a person reads them. */
final class Units {
    private static final double KILO = 1e3;
    private static final double MEGA = 1e6;
    private static final double GIGA = 1e9;
    private static final long SECOND_MS = 1000;
    private static final long MINUTE_S = 60;
    private static final long HOUR_S = 3600;
    private static final long DAY_S = 86_400;

    private Units() {}

    /** 999 B, 1.5 kB, 140.1 MB, 2.0 GB. */
    static String bytes(long bytes) {
        if (bytes < KILO) {
            return bytes + " B";
        }
        if (bytes < MEGA) {
            return String.format(Locale.ROOT, "%.1f kB", bytes / KILO);
        }
        return bytes < GIGA
                ? String.format(Locale.ROOT, "%.1f MB", bytes / MEGA)
                : String.format(Locale.ROOT, "%.1f GB", bytes / GIGA);
    }

    /** Bytes per second: 999 B/s, 1.5 kB/s. */
    static String rate(double bytesPerSecond) {
        return rate(Math.round(bytesPerSecond));
    }

    /** The same. */
    static String rate(long bytesPerSecond) {
        return bytes(bytesPerSecond) + "/s";
    }

    /** A short time: 0.85 ms, 5.0 s. */
    static String time(Duration time) {
        return time.toMillis() < SECOND_MS
                ? String.format(Locale.ROOT, "%.2f ms", time.toNanos() / MEGA)
                : String.format(Locale.ROOT, "%.1f s", time.toMillis() / KILO);
    }

    /** Microseconds: 12 µs with ASCII's signs, 0.85 ms. */
    static String micros(long micros) {
        return time(Duration.ofNanos(micros * SECOND_MS));
    }

    /** A long time: 12 s, 3 min 5 s, 2 h 10 min, 4 d 3 h. */
    static String age(long millis) {
        long seconds = millis / SECOND_MS;
        if (seconds < MINUTE_S) {
            return seconds + " s";
        }
        if (seconds < HOUR_S) {
            return seconds / MINUTE_S + " min " + seconds % MINUTE_S + " s";
        }
        return seconds < DAY_S
                ? seconds / HOUR_S + " h " + seconds % HOUR_S / MINUTE_S + " min"
                : seconds / DAY_S + " d " + seconds % DAY_S / HOUR_S + " h";
    }
}

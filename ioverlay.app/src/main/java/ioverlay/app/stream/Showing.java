package ioverlay.app.stream;

import com.google.gson.JsonObject;

/**
 * What a receiver has shown: how late, and with what gaps.
 *
 * <p><b>Threads:</b> one.
 */
final class Showing {
    private static final int BUCKETS = 8192;
    private static final long MICROS_PER_MILLI = 1000;
    private static final long NS_PER_MILLI = 1_000_000;
    private static final long TICKS_PER_MILLI = 90;
    private static final long TIME_MASK = (1L << 33) - 1;
    private static final long BACKWARDS = 1L << 32;

    /** By milliseconds of delay; the last one for all that is more. */
    private final int[] delays = new int[BUCKETS];

    private long pictures;
    private long randomAccess;
    private long bytes;
    private long gaps;
    private long skipped;
    private long decodeTime = Pes.NO_TIME;
    private long longestGapTicks;
    private long latestNs;
    private long longestStallNs;
    private long latestMicros;
    private long sumMicros;
    private long longestMicros;
    private boolean isWaiting = true;

    /** Whether the next unit is to be shown; counts it either way. */
    boolean take(Unit unit, long micros, long nowNs) {
        if (isWaiting && !unit.isRandomAccess()) {
            skipped += unit.isStart() && pictures > 0 ? 1 : 0;
            return false;
        }
        isWaiting = false;
        bytes += unit.bytes();
        if (unit.isStart()) {
            picture(unit, Math.max(0, micros - unit.arrivedMicros()), nowNs);
        }
        return true;
    }

    private void picture(Unit unit, long delayMicros, long nowNs) {
        if (pictures > 0) {
            longestStallNs = Math.max(longestStallNs, nowNs - latestNs);
        }
        long ticks = unit.decodeTime() - decodeTime & TIME_MASK;
        if (decodeTime != Pes.NO_TIME && unit.decodeTime() != Pes.NO_TIME && ticks < BACKWARDS) {
            longestGapTicks = Math.max(longestGapTicks, ticks);
        }
        decodeTime = unit.decodeTime();
        latestNs = nowNs;
        pictures++;
        randomAccess += unit.isRandomAccess() ? 1 : 0;
        latestMicros = delayMicros;
        sumMicros += delayMicros;
        longestMicros = Math.max(longestMicros, delayMicros);
        delays[(int) Math.min(BUCKETS - 1, delayMicros / MICROS_PER_MILLI)]++;
    }

    /** So many units are missing before the next one. */
    void missed(long units) {
        if (pictures > 0) {
            gaps += isWaiting ? 0 : 1;
            skipped += units;
        }
        isWaiting = true;
    }

    /** Another stream begins, whose times have nothing to do with those before. */
    void restart() {
        decodeTime = Pes.NO_TIME;
    }

    boolean isWaiting() {
        return isWaiting;
    }

    boolean hasShown() {
        return pictures > 0;
    }

    /** When the last picture was shown. */
    long latestNs() {
        return latestNs;
    }

    /** At that time: a picture that is waited for counts as late as it is. */
    void describe(JsonObject to, long nowNs) {
        to.addProperty("pictures", pictures);
        to.addProperty("randomAccessPoints", randomAccess);
        to.addProperty("bytes", bytes);
        to.addProperty("gaps", gaps);
        to.addProperty("skippedPictures", skipped);
        to.addProperty("longestGapMillis", longestGapTicks / TICKS_PER_MILLI);
        long stallNs = pictures == 0 ? 0 : Math.max(longestStallNs, nowNs - latestNs);
        to.addProperty("longestStallMillis", stallNs / NS_PER_MILLI);
        JsonObject delay = new JsonObject();
        delay.addProperty("latest", millis(latestMicros));
        delay.addProperty("mean", pictures == 0 ? 0 : millis(sumMicros / pictures));
        delay.addProperty("median", quantile(0.5));
        delay.addProperty("p99", quantile(0.99));
        delay.addProperty("longest", millis(longestMicros));
        to.add("delayMillis", delay);
    }

    private static double millis(long micros) {
        return micros / (double) MICROS_PER_MILLI;
    }

    private int quantile(double part) {
        long rank = (long) Math.ceil(part * pictures);
        long seen = 0;
        for (int millis = 0; millis < BUCKETS; millis++) {
            seen += delays[millis];
            if (seen >= rank) {
                return millis;
            }
        }
        return BUCKETS;
    }
}

package ioverlay.bench;

import java.util.Arrays;

/**
 * Exact percentiles by nearest rank: of 200 samples, the 99th is the 198th smallest. Nothing is rounded down.
 *
 * @param samples how many there were
 * @param p50 half were at most this
 * @param p99 99 of 100 were at most this
 * @param max the largest
 */
record Percentiles(int samples, long p50, long p99, long max) {
    private static final int MEDIAN = 50;
    private static final int LATE = 99;
    private static final int ALL = 100;

    /** Of any number of samples; without any, all are 0. */
    static Percentiles of(long... samples) {
        long[] sorted = samples.clone();
        Arrays.sort(sorted);
        return new Percentiles(sorted.length, rank(sorted, MEDIAN), rank(sorted, LATE), rank(sorted, ALL));
    }

    private static long rank(long[] sorted, int percent) {
        return sorted.length == 0 ? 0 : sorted[Math.ceilDiv(sorted.length * percent, ALL) - 1];
    }
}

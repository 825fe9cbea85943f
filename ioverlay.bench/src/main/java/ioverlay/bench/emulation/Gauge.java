package ioverlay.bench.emulation;

import java.util.Arrays;
import java.util.OptionalLong;

/**
 * What arrived at one application, and when. Kept to the millisecond, but every time that is given is the time of an
 * arrival: so a rate is bytes by the time between two arrivals, and nothing is rounded.
 *
 * <p><b>Threads:</b> any.
 */
final class Gauge {
    private static final long GRAIN_NS = 1_000_000;

    /** Two minutes at a sample per millisecond. */
    private static final int MOST_SAMPLES = 120_000;

    private static final int MOST_DELAYS = 50_000;

    private long[] times = new long[1024];
    private long[] sums = new long[1024];
    private int samples;
    private long sampleBeganNs;
    private long[] delays = new long[1024];
    private int delayCount;
    private long messages;
    private long bytes;
    private long firstSequence;
    private long lastSequence;
    private long gaps;
    private long disordered;

    /** A message arrived, whose source wrote it at {@code writtenNs} of the same clock. */
    synchronized void arrived(long nowNs, long messageBytes, long sequence, long writtenNs) {
        if (messages == 0) {
            firstSequence = sequence;
        } else if (sequence <= lastSequence) {
            disordered++;
        } else if (sequence > lastSequence + 1) {
            gaps++;
        }
        lastSequence = Math.max(lastSequence, sequence);
        messages++;
        bytes += messageBytes;
        sample(nowNs);
        if (delayCount < MOST_DELAYS) {
            delays = grown(delays, delayCount);
            delays[delayCount++] = nowNs - writtenNs;
        }
    }

    private void sample(long nowNs) {
        boolean first = samples < 2; // the first arrival stands alone: its bytes do not count
        if ((first || nowNs - sampleBeganNs >= GRAIN_NS) && samples < MOST_SAMPLES) {
            times = grown(times, samples);
            sums = grown(sums, samples);
            samples++;
            sampleBeganNs = nowNs;
        }
        times[samples - 1] = nowNs;
        sums[samples - 1] = bytes;
    }

    private static long[] grown(long[] values, int used) {
        return used < values.length ? values : Arrays.copyOf(values, 2 * values.length);
    }

    /** When the first message arrived. */
    synchronized OptionalLong firstNs() {
        return samples == 0 ? OptionalLong.empty() : OptionalLong.of(times[0]);
    }

    /**
     * Bytes per second between the last arrivals before two times; from the first arrival on if nothing came before. 0 if
     * nothing arrived in between.
     */
    synchronized double rate(long fromNs, long toNs) {
        int from = Math.max(0, last(fromNs));
        int to = last(toNs);
        return to <= from ? 0 : (sums[to] - sums[from]) * 1e9 / (times[to] - times[from]);
    }

    /** The last sample that is not later; −1 if there is none. */
    private int last(long ns) {
        int found = Arrays.binarySearch(times, 0, samples, ns);
        return found >= 0 ? found : -found - 2;
    }

    /** How long the messages took, in arrival order. */
    synchronized long[] delaysNs() {
        return Arrays.copyOf(delays, delayCount);
    }

    /** What the sequence numbers tell by now. */
    synchronized Losses losses() {
        long span = messages == 0 ? 0 : lastSequence - firstSequence + 1;
        return new Losses(span, span - (messages - disordered), gaps, disordered);
    }
}

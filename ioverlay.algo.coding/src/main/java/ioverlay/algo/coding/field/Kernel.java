package ioverlay.algo.coding.field;

import java.lang.foreign.MemorySegment;

/**
 * Multiplies and adds whole regions of memory in GF(2^8). Which kernel works decides how fast it goes, never what comes
 * out.
 *
 * <p>Regions are memory outside the heap or byte arrays, at any alignment, neither copied nor kept. Those of one call have
 * the same size, and what is written to overlaps nothing else. The compiler makes the best code of a JVM in which all
 * regions are outside the heap, as the engine's messages are.
 *
 * <p><b>Threads:</b> any; a kernel has no state.
 */
public abstract sealed class Kernel permits ScalarKernel, VectorKernel {
    /** What is written in one go: small enough to stay in the nearest cache until all sources have been added to it. */
    private static final long STRETCH_BYTES = 4096;

    private static final int FOUR = 4;

    Kernel() {}

    /**
     * The fastest kernel that works here: {@code vector-512}, {@code -256} or {@code -128} by what the processor has, or
     * {@link #scalar} where the JVM was started without {@code jdk.incubator.vector}.
     */
    public static Kernel fastest() {
        return Choice.FASTEST;
    }

    /** The kernel that needs nothing but plain Java. */
    public static Kernel scalar() {
        return Choice.SCALAR;
    }

    /** What it is called in measurements. */
    public abstract String name();

    /** Its {@link #name}. */
    @Override
    public final String toString() {
        return name();
    }

    /**
     * {@code into += c·from}.
     *
     * @param c 0 to 255
     * @throws IllegalArgumentException if the sizes differ
     */
    public final void add(MemorySegment into, int c, MemorySegment from) {
        requireSize(into.byteSize(), from);
        if (c != 0) {
            one(into, 0, into.byteSize(), c, from);
        }
    }

    /**
     * {@code into += Σ c[i]·from[i]} over the first {@code count} sources.
     *
     * @param c a coefficient for each source
     * @throws IllegalArgumentException if the sizes differ
     */
    public final void add(MemorySegment into, byte[] c, MemorySegment[] from, int count) {
        long size = into.byteSize();
        requireSizes(size, from, count);
        for (long at = 0; at < size; at += STRETCH_BYTES) {
            sum(into, at, Math.min(size, at + STRETCH_BYTES), c, from, count);
        }
    }

    /**
     * {@code into[d] += Σ c[d][i]·from[i]} over the first {@code count} sources: several sums of the same sources, which
     * cost less together.
     *
     * @param into any number of destinations
     * @param c a row of coefficients for each destination
     * @throws IllegalArgumentException if the sizes differ
     */
    public final void add(MemorySegment[] into, byte[][] c, MemorySegment[] from, int count) {
        if (into.length == 0) {
            return;
        }
        long size = into[0].byteSize();
        requireSizes(size, into, into.length);
        requireSizes(size, from, count);
        for (long at = 0; at < size; at += STRETCH_BYTES) {
            long end = Math.min(size, at + STRETCH_BYTES);
            int to = 0;
            for (; to < into.length - 1; to += 2) {
                pairs(into, to, at, end, c, from, count);
            }
            if (to < into.length) {
                sum(into[to], at, end, c[to], from, count);
            }
        }
    }

    private void sum(MemorySegment into, long at, long end, byte[] c, MemorySegment[] from, int count) {
        int i = 0;
        for (; i <= count - FOUR; i += FOUR) {
            four(into, at, end, c, from, i);
        }
        for (; i < count; i++) {
            one(into, at, end, c[i] & 0xff, from[i]);
        }
    }

    private void pairs(MemorySegment[] into, int to, long at, long end, byte[][] c, MemorySegment[] from, int count) {
        int i = 0;
        for (; i < count - 1; i += 2) {
            pair(into, to, at, end, c, from, i);
        }
        if (i < count) {
            one(into[to], at, end, c[to][i] & 0xff, from[i]);
            one(into[to + 1], at, end, c[to + 1][i] & 0xff, from[i]);
        }
    }

    /** Adds one source to one destination, from the byte {@code at} to before {@code end}. */
    abstract void one(MemorySegment into, long at, long end, int c, MemorySegment from);

    /** Adds four sources, from {@code first} on. */
    abstract void four(MemorySegment into, long at, long end, byte[] c, MemorySegment[] from, int first);

    /** Adds two sources, {@code first} and the next, to two destinations, {@code to} and the next. */
    abstract void pair(MemorySegment[] into, int to, long at, long end, byte[][] c, MemorySegment[] from, int first);

    private static void requireSizes(long size, MemorySegment[] regions, int count) {
        for (int i = 0; i < count; i++) {
            requireSize(size, regions[i]);
        }
    }

    private static void requireSize(long size, MemorySegment region) {
        if (region.byteSize() != size) {
            throw new IllegalArgumentException(
                    "regions have the same size, not " + size + " and " + region.byteSize() + " bytes");
        }
    }
}

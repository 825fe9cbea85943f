package ioverlay.algo.coding.codec;

import ioverlay.algo.coding.field.Field;
import ioverlay.algo.coding.field.Kernel;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;

/**
 * Checksums that are combined with what they are about: eight random linear functions of coefficients and block. The source
 * computes them once for each block, and whoever gets a combination can tell whether it was changed on the way, before it
 * spoils others; so the link is known that brought it. (Agrawal and Boneh, Homomorphic MACs, 2009, have the same with a
 * secret key.)
 *
 * <p>The functions are drawn from a key and the generation's number: a vector of another generation does not hold. A change
 * by chance is missed once in 2^64 cases; at worst, if it keeps to bytes that are 64 apart, once in 2^32. Who knows the key
 * can make checksums for anything: against intent it helps only as long as those in between do not have it.
 *
 * <p><b>Threads:</b> one at a time.
 */
public final class Checksum {
    /** The content is laid in strips of this size above each other, and strips are added up. */
    private static final int STRIP_BYTES = 64;

    /** In so many ways, with other factors each time. */
    private static final int WAYS = 4;

    private static final int SKETCH_BYTES = WAYS * STRIP_BYTES;

    private final Shape shape;
    private final Kernel kernel;
    private final byte[][] stripFactors;
    private final byte[][] sketchFactors = new byte[Shape.CHECKSUM_BYTES][SKETCH_BYTES];
    private final MemorySegment[] strips;
    private final MemorySegment[] sketch = Shape.rows(WAYS, STRIP_BYTES);
    private final MemorySegment lastStrip = Shape.rows(1, STRIP_BYTES)[0];
    private final byte[] sum = new byte[Shape.CHECKSUM_BYTES];

    /**
     * The checksum of one generation.
     *
     * @param key the same at all nodes of a session
     * @param generation its number
     */
    public Checksum(Shape shape, long key, int generation, Kernel kernel) {
        this.shape = shape;
        this.kernel = kernel;
        strips = new MemorySegment[Math.ceilDiv(shape.blocks() + shape.blockBytes(), STRIP_BYTES)];
        stripFactors = new byte[WAYS][strips.length];
        long seed = mix(key) ^ generation;
        for (byte[][] all : new byte[][][] {stripFactors, sketchFactors}) {
            for (byte[] row : all) {
                seed = fill(row, seed);
            }
        }
    }

    /** Fills with numbers other than zero, since a byte that counts nothing would not be checked. */
    private static long fill(byte[] row, long seed) {
        long state = seed;
        for (int i = 0; i < row.length; i++) {
            state += 0x9e3779b97f4a7c15L;
            row[i] = (byte) (1 + Long.remainderUnsigned(mix(state), Field.ORDER - 1));
        }
        return state;
    }

    /** The finalizer of SplitMix64 (Steele, Lea and Flood, 2014). */
    private static long mix(long value) {
        long mixed = (value ^ value >>> 30) * 0xbf58476d1ce4e5b9L;
        mixed = (mixed ^ mixed >>> 27) * 0x94d049bb133111ebL;
        return mixed ^ mixed >>> 31;
    }

    /** Writes the checksum into a vector: what the source does with its blocks, and nobody else. */
    public void seal(MemorySegment vector) {
        compute(shape.content(vector));
        shape.checksum(vector).copyFrom(MemorySegment.ofArray(sum));
    }

    /**
     * Whether a vector is a combination of sealed ones, of this generation.
     *
     * @throws IllegalArgumentException if it has another size
     */
    public boolean holds(MemorySegment vector) {
        shape.requireVector(vector);
        compute(shape.content(vector));
        return Arrays.equals(sum, shape.checksum(vector).toArray(ValueLayout.JAVA_BYTE));
    }

    private void compute(MemorySegment content) {
        int whole = (int) content.byteSize() / STRIP_BYTES;
        for (int strip = 0; strip < whole; strip++) {
            strips[strip] = content.asSlice((long) strip * STRIP_BYTES, STRIP_BYTES);
        }
        if (whole < strips.length) {
            lastStrip.fill((byte) 0);
            MemorySegment rest = content.asSlice((long) whole * STRIP_BYTES);
            lastStrip.asSlice(0, rest.byteSize()).copyFrom(rest);
            strips[whole] = lastStrip;
        }
        for (MemorySegment way : sketch) {
            way.fill((byte) 0);
        }
        kernel.add(sketch, stripFactors, strips, strips.length);
        Arrays.fill(strips, lastStrip); // the vector's memory is not ours to keep
        Arrays.fill(sum, (byte) 0);
        for (int at = 0; at < SKETCH_BYTES; at++) {
            int value = sketch[at / STRIP_BYTES].get(ValueLayout.JAVA_BYTE, at % STRIP_BYTES) & 0xff;
            for (int i = 0; i < sum.length; i++) {
                sum[i] ^= (byte) Field.times(sketchFactors[i][at] & 0xff, value);
            }
        }
    }
}

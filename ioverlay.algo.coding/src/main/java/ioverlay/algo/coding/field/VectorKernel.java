package ioverlay.algo.coding.field;

import java.lang.foreign.MemorySegment;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Optional;
import jdk.incubator.vector.ByteVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * Looks products up by nibbles, as many bytes at a time as the machine has in a vector: c·x = low[x & 15] ^ high[x >> 4].
 * Both tables fill a whole vector, repeated every 16 bytes, so that the shuffle's own reduction of an index is all that a
 * nibble needs, and bits that a shift has brought in from the neighbouring byte do not matter.
 *
 * <p>All vectors have the one shape that is fixed when the class is loaded: the compiler must know it. It is the only class
 * that needs the JDK's incubator module.
 */
final class VectorKernel extends Kernel {
    private static final VectorSpecies<Byte> SHAPE = ByteVector.SPECIES_PREFERRED;
    private static final int WIDTH = SHAPE.length();
    private static final long TWICE = 2L * WIDTH;
    private static final int NIBBLES = 16;
    private static final ByteOrder ORDER = ByteOrder.nativeOrder();

    /** For each c, the table of the low nibbles and that of the high ones, a vector each. */
    private static final byte[] TABLES = tables();

    /** Read from n on: a vector whose last n bytes are all ones, and the others zero. */
    private static final byte[] LAST_BYTES = lastBytes();

    private static byte[] lastBytes() {
        byte[] bytes = new byte[2 * WIDTH];
        Arrays.fill(bytes, WIDTH, bytes.length, (byte) -1);
        return bytes;
    }

    private static byte[] tables() {
        byte[] tables = new byte[Field.ORDER * 2 * WIDTH];
        for (int c = 0; c < Field.ORDER; c++) {
            for (int lane = 0; lane < WIDTH; lane++) {
                tables[at(c) + lane] = (byte) Field.times(c, lane % NIBBLES);
                tables[at(c) + WIDTH + lane] = (byte) Field.times(c, lane % NIBBLES << 4);
            }
        }
        return tables;
    }

    private VectorKernel() {}

    /** The kernel; nothing where vectors are shorter than a table of nibbles. */
    static Optional<Kernel> forThisMachine() {
        return WIDTH < NIBBLES ? Optional.empty() : Optional.of(new VectorKernel());
    }

    @Override
    public String name() {
        return "vector-" + SHAPE.vectorBitSize();
    }

    @Override
    void one(MemorySegment into, long at, long end, int c, MemorySegment from) {
        ByteVector low = low(c);
        ByteVector high = high(c);
        long i = at;
        for (long last = end - TWICE; i <= last; i += TWICE) {
            ByteVector x = read(from, i);
            ByteVector y = read(from, i + WIDTH);
            write(sum(read(into, i), x, low, high), into, i);
            write(sum(read(into, i + WIDTH), y, low, high), into, i + WIDTH);
        }
        if (i <= end - WIDTH) {
            write(sum(read(into, i), read(from, i), low, high), into, i);
            i += WIDTH;
        }
        tail(into, i, end, c, from);
    }

    @Override
    void four(MemorySegment into, long at, long end, byte[] c, MemorySegment[] from, int first) {
        MemorySegment a = from[first];
        MemorySegment b = from[first + 1];
        MemorySegment d = from[first + 2];
        MemorySegment e = from[first + 3];
        ByteVector lowA = low(c[first]);
        ByteVector lowB = low(c[first + 1]);
        ByteVector lowD = low(c[first + 2]);
        ByteVector lowE = low(c[first + 3]);
        ByteVector highA = high(c[first]);
        ByteVector highB = high(c[first + 1]);
        ByteVector highD = high(c[first + 2]);
        ByteVector highE = high(c[first + 3]);
        long i = at;
        for (long last = end - WIDTH; i <= last; i += WIDTH) {
            // Two sums, joined at the end: neither waits for the other.
            ByteVector one = sum(sum(read(into, i), read(a, i), lowA, highA), read(b, i), lowB, highB);
            ByteVector two = sum(product(read(d, i), lowD, highD), read(e, i), lowE, highE);
            write(one.lanewise(VectorOperators.XOR, two), into, i);
        }
        for (int s = first; s < first + 4; s++) {
            tail(into, i, end, c[s] & 0xff, from[s]);
        }
    }

    @Override
    void pair(MemorySegment[] into, int to, long at, long end, byte[][] c, MemorySegment[] from, int first) {
        MemorySegment a = from[first];
        MemorySegment b = from[first + 1];
        MemorySegment p = into[to];
        MemorySegment q = into[to + 1];
        ByteVector lowAp = low(c[to][first]);
        ByteVector lowAq = low(c[to + 1][first]);
        ByteVector lowBp = low(c[to][first + 1]);
        ByteVector lowBq = low(c[to + 1][first + 1]);
        ByteVector highAp = high(c[to][first]);
        ByteVector highAq = high(c[to + 1][first]);
        ByteVector highBp = high(c[to][first + 1]);
        ByteVector highBq = high(c[to + 1][first + 1]);
        long i = at;
        for (long last = end - WIDTH; i <= last; i += WIDTH) {
            ByteVector x = read(a, i);
            ByteVector y = read(b, i);
            write(sum(sum(read(p, i), x, lowAp, highAp), y, lowBp, highBp), p, i);
            write(sum(sum(read(q, i), x, lowAq, highAq), y, lowBq, highBq), q, i);
        }
        for (int d = to; d < to + 2; d++) {
            tail(into[d], i, end, c[d][first] & 0xff, a);
            tail(into[d], i, end, c[d][first + 1] & 0xff, b);
        }
    }

    /**
     * What is less than a vector: the last whole vector once more, of which only so many bytes count. Vectors of another
     * shape would make the compiler allocate all of them.
     */
    private static void tail(MemorySegment into, long at, long end, int c, MemorySegment from) {
        if (at == end) {
            return;
        }
        long last = end - WIDTH;
        if (last < 0) {
            ScalarKernel.add(into, at, end, c, from);
            return;
        }
        ByteVector counts = ByteVector.fromArray(SHAPE, LAST_BYTES, (int) (end - at));
        ByteVector product = product(read(from, last), low(c), high(c)).and(counts);
        write(read(into, last).lanewise(VectorOperators.XOR, product), into, last);
    }

    private static ByteVector sum(ByteVector sum, ByteVector x, ByteVector low, ByteVector high) {
        return sum.lanewise(VectorOperators.XOR, x.selectFrom(low))
                .lanewise(VectorOperators.XOR, nibble(x).selectFrom(high));
    }

    private static ByteVector product(ByteVector x, ByteVector low, ByteVector high) {
        return x.selectFrom(low).lanewise(VectorOperators.XOR, nibble(x).selectFrom(high));
    }

    /** The high nibbles; no machine shifts bytes, so whole ints are, and upper bits are the neighbour's. */
    private static ByteVector nibble(ByteVector x) {
        return x.reinterpretAsInts().lanewise(VectorOperators.LSHR, 4).reinterpretAsBytes();
    }

    private static ByteVector read(MemorySegment from, long at) {
        return ByteVector.fromMemorySegment(SHAPE, from, at, ORDER);
    }

    private static void write(ByteVector vector, MemorySegment into, long at) {
        vector.intoMemorySegment(into, at, ORDER);
    }

    private static ByteVector low(int c) {
        return ByteVector.fromArray(SHAPE, TABLES, at(c & 0xff));
    }

    private static ByteVector high(int c) {
        return ByteVector.fromArray(SHAPE, TABLES, at(c & 0xff) + WIDTH);
    }

    private static int at(int c) {
        return c * 2 * WIDTH;
    }
}

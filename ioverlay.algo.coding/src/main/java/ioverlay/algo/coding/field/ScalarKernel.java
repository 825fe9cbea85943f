package ioverlay.algo.coding.field;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/** Looks products up, eight bytes in a word at a time. */
final class ScalarKernel extends Kernel {
    private static final ValueLayout.OfLong WORD = ValueLayout.JAVA_LONG_UNALIGNED;

    ScalarKernel() {}

    @Override
    public String name() {
        return "scalar";
    }

    @Override
    void one(MemorySegment into, long at, long end, int c, MemorySegment from) {
        add(into, at, end, c, from);
    }

    static void add(MemorySegment into, long at, long end, int c, MemorySegment from) {
        byte[] products = Field.products();
        int row = Field.row(c);
        long i = at;
        for (long last = end - Long.BYTES; i <= last; i += Long.BYTES) {
            into.set(WORD, i, into.get(WORD, i) ^ product(products, row, from.get(WORD, i)));
        }
        rest(into, i, end, c, from);
    }

    @Override
    void four(MemorySegment into, long at, long end, byte[] c, MemorySegment[] from, int first) {
        for (int i = first; i < first + 4; i++) {
            one(into, at, end, c[i] & 0xff, from[i]);
        }
    }

    @Override
    void pair(MemorySegment[] into, int to, long at, long end, byte[][] c, MemorySegment[] from, int first) {
        for (int d = to; d < to + 2; d++) {
            one(into[d], at, end, c[d][first] & 0xff, from[first]);
            one(into[d], at, end, c[d][first + 1] & 0xff, from[first + 1]);
        }
    }

    /** Adds what is left beyond the last whole word, byte by byte. */
    private static void rest(MemorySegment into, long at, long end, int c, MemorySegment from) {
        byte[] products = Field.products();
        int row = Field.row(c);
        for (long i = at; i < end; i++) {
            int x = from.get(ValueLayout.JAVA_BYTE, i) & 0xff;
            into.set(ValueLayout.JAVA_BYTE, i, (byte) (into.get(ValueLayout.JAVA_BYTE, i) ^ products[row | x]));
        }
    }

    private static long product(byte[] products, int row, long word) {
        int low = (int) word;
        int high = (int) (word >>> 32);
        return (product(products, row, low) & 0xffff_ffffL) | (long) product(products, row, high) << 32;
    }

    private static int product(byte[] products, int row, int half) {
        return (products[row | (half & 0xff)] & 0xff)
                | (products[row | (half >>> 8 & 0xff)] & 0xff) << 8
                | (products[row | (half >>> 16 & 0xff)] & 0xff) << 16
                | products[row | half >>> 24] << 24;
    }
}

package ioverlay.algo.coding.field;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;
import java.util.SplittableRandom;

/** Compares a kernel with {@link Polynomials}; as a program, the fastest of the JVM that it runs in. */
final class KernelCheck {
    private final Kernel kernel;
    private final SplittableRandom random;

    KernelCheck(Kernel kernel, long seed) {
        this.kernel = kernel;
        random = new SplittableRandom(seed);
    }

    /** Prints the fastest kernel's name if it computes correctly. */
    public static void main(String[] args) {
        KernelCheck check = new KernelCheck(Kernel.fastest(), 1);
        check.products();
        for (int round = 0; round < 30; round++) {
            check.sums();
        }
        System.out.println(Kernel.fastest().name());
    }

    /** All products, by each way of adding. */
    void products() {
        MemorySegment all = MemorySegment.ofArray(new byte[Field.ORDER]);
        for (int x = 0; x < Field.ORDER; x++) {
            all.set(ValueLayout.JAVA_BYTE, x, (byte) x);
        }
        MemorySegment zeros = MemorySegment.ofArray(new byte[Field.ORDER]);
        for (int c = 0; c < Field.ORDER; c++) {
            byte[] expected = new byte[Field.ORDER];
            Polynomials.add(expected, c, all);
            byte[] one = new byte[Field.ORDER];
            kernel.add(MemorySegment.ofArray(one), c, all);
            require(expected, one, "a product with " + c);
            int place = c % 4;
            byte[] row = new byte[4];
            row[place] = (byte) c;
            MemorySegment[] from = {zeros, zeros, zeros, zeros};
            from[place] = all;
            byte[] four = new byte[Field.ORDER];
            kernel.add(MemorySegment.ofArray(four), row, from, 4);
            require(expected, four, "four sources, the one in place " + place + " times " + c);
            byte[][] two = {new byte[Field.ORDER], new byte[Field.ORDER]};
            MemorySegment[] into = {MemorySegment.ofArray(two[0]), MemorySegment.ofArray(two[1])};
            kernel.add(into, new byte[][] {row, row}, from, 4);
            require(expected, two[0], "the first of two sums, place " + place + " times " + c);
            require(expected, two[1], "the second of two sums, place " + place + " times " + c);
        }
    }

    /** Sums of any number of sources, in regions of any length, at any offset, on the heap and outside. */
    void sums() {
        int size = random.nextInt(10) == 0 ? random.nextInt(4000, 9000) : random.nextInt(300);
        int sources = random.nextInt(12);
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment[] from = regions(arena, sources, size);
            MemorySegment[] into = regions(arena, random.nextInt(7), size);
            byte[][] coefficients = new byte[into.length][];
            byte[][] expected = new byte[into.length][];
            for (int d = 0; d < into.length; d++) {
                coefficients[d] = bytes(sources);
                expected[d] = into[d].toArray(ValueLayout.JAVA_BYTE);
                for (int s = 0; s < sources; s++) {
                    Polynomials.add(expected[d], coefficients[d][s] & 0xff, from[s]);
                }
            }
            String what = into.length + " sums of " + sources + " sources of " + size + " bytes";
            byte[][] each = new byte[into.length][];
            for (int d = 0; d < into.length; d++) {
                each[d] = into[d].toArray(ValueLayout.JAVA_BYTE);
                kernel.add(MemorySegment.ofArray(each[d]), coefficients[d], from, sources);
            }
            kernel.add(into, coefficients, from, sources);
            for (int d = 0; d < into.length; d++) {
                require(expected[d], into[d].toArray(ValueLayout.JAVA_BYTE), what);
                require(expected[d], each[d], what + ", one by one");
            }
        }
    }

    private MemorySegment[] regions(Arena arena, int count, int size) {
        MemorySegment[] regions = new MemorySegment[count];
        for (int i = 0; i < count; i++) {
            int offset = random.nextInt(70);
            byte[] bytes = bytes(offset + size + random.nextInt(70));
            MemorySegment whole = MemorySegment.ofArray(bytes);
            if (random.nextBoolean()) {
                whole = arena.allocate(bytes.length).copyFrom(whole);
            }
            regions[i] = whole.asSlice(offset, size);
        }
        return regions;
    }

    private byte[] bytes(int size) {
        byte[] bytes = new byte[size];
        random.nextBytes(bytes);
        return bytes;
    }

    private void require(byte[] expected, byte[] found, String what) {
        int at = Arrays.mismatch(expected, found);
        if (at >= 0) {
            throw new AssertionError(
                    kernel.name() + ", " + what + ": byte " + at + " is " + found[at] + ", not " + expected[at]);
        }
    }
}

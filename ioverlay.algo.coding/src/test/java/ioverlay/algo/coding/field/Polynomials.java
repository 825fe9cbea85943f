package ioverlay.algo.coding.field;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/** GF(2^8) as the definition has it: polynomials over GF(2), bit by bit, without a table. What kernels are compared with. */
final class Polynomials {
    private Polynomials() {}

    static int times(int a, int b) {
        int product = 0;
        for (int bit = 0; bit < 8; bit++) {
            product ^= (b >> bit & 1) * (a << bit);
        }
        for (int degree = 14; degree >= 8; degree--) {
            product ^= (product >> degree & 1) * (0x11d << (degree - 8));
        }
        return product;
    }

    /** {@code into += c·from}. */
    static void add(byte[] into, int c, MemorySegment from) {
        for (int i = 0; i < into.length; i++) {
            into[i] ^= (byte) times(c, from.get(ValueLayout.JAVA_BYTE, i) & 0xff);
        }
    }
}

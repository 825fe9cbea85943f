package ioverlay.app.stream;

import java.io.ByteArrayOutputStream;

/** Bits, the most significant first. */
final class Bits {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private int partial;
    private int filled;

    /** Adds the lowest {@code count} bits of a value. */
    Bits put(long value, int count) {
        for (int bit = count - 1; bit >= 0; bit--) {
            partial = partial << 1 | (int) (value >>> bit & 1);
            if (++filled == Byte.SIZE) {
                bytes.write(partial);
                partial = 0;
                filled = 0;
            }
        }
        return this;
    }

    /** Adds bits written as zeros and ones. */
    Bits put(String code) {
        return put(Long.parseLong(code, 2), code.length());
    }

    /** A start code at the next whole byte. */
    Bits startCode(int code) {
        return align().put(0x100 | code, Integer.SIZE);
    }

    /** Zeros up to the next whole byte. */
    Bits align() {
        return filled == 0 ? this : put(0, Byte.SIZE - filled);
    }

    /** Whole bytes so far. */
    int size() {
        return bytes.size();
    }

    byte[] toBytes() {
        align();
        return bytes.toByteArray();
    }
}

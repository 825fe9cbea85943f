package ioverlay.io.memory;

import java.nio.ByteBuffer;
import java.util.Random;

/**
 * What test messages contain: size and every byte follow from the sequence number, so that a receiver can check both.
 *
 * @param least bytes of a payload
 * @param most bytes of a payload; if it is more than {@code least}, sizes are mixed, most of them small
 */
record Content(int least, int most) {
    private static final int BLOCK_BYTES = 1 << 21;
    private static final byte[] BLOCK = block();

    private static byte[] block() {
        byte[] bytes = new byte[BLOCK_BYTES];
        new Random(20040926).nextBytes(bytes);
        return bytes;
    }

    /** All payloads are of one size. */
    static Content of(int bytes) {
        return new Content(bytes, bytes);
    }

    /** Nothing, a few bytes, some KB, and now and then the most. */
    static Content mixed(int most) {
        return new Content(0, most);
    }

    private static int hash(long sequence) {
        long z = (sequence + 1) * 0x9e3779b97f4a7c15L;
        z = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
        return (int) (z >>> 33);
    }

    int size(long sequence) {
        int dice = hash(sequence);
        if (least == most) {
            return most;
        }
        int spread = dice >>> 5;
        return switch (dice & 31) {
            case 0 -> most;
            case 1, 2, 3 -> 0;
            case 4, 5, 6, 7 -> spread % Math.min(most, 32 << 10);
            case 8 -> spread % most;
            default -> spread % Math.min(most, 3000);
        };
    }

    /** Fills a payload of the {@link #size}. */
    void fill(ByteBuffer payload, long sequence) {
        payload.put(BLOCK, hash(sequence) % (BLOCK_BYTES >> 1), payload.remaining());
    }

    boolean matches(ByteBuffer payload, long sequence) {
        int size = size(sequence);
        return payload.remaining() == size
                && payload.equals(ByteBuffer.wrap(BLOCK, hash(sequence) % (BLOCK_BYTES >> 1), size));
    }
}

package ioverlay.algo.coding.codec;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/**
 * How large a generation is.
 *
 * @param blocks how many blocks are coded together, 1 to 256
 * @param blockBytes the size of each, 1 byte to 1 MiB
 */
public record Shape(int blocks, int blockBytes) {
    /** The most blocks of a generation: more would need coefficients of more than a byte to be independent. */
    public static final int MOST_BLOCKS = 256;

    /** The largest block. */
    public static final int MOST_BLOCK_BYTES = 1 << 20;

    /** Bytes of a checksum. */
    static final int CHECKSUM_BYTES = 8;

    /**
     * Checks both.
     *
     * @throws IllegalArgumentException with the rule and the value
     */
    public Shape {
        require(blocks, MOST_BLOCKS, "a generation has 1 to " + MOST_BLOCKS + " blocks");
        require(blockBytes, MOST_BLOCK_BYTES, "a block has 1 to " + MOST_BLOCK_BYTES + " bytes");
    }

    private static void require(int value, int most, String rule) {
        if (value < 1 || value > most) {
            throw new IllegalArgumentException(rule + ", not " + value);
        }
    }

    /** Bytes of a vector: coefficients, block, checksum. */
    public int vectorBytes() {
        return blocks + blockBytes + CHECKSUM_BYTES;
    }

    /** The coefficients of a vector. */
    public MemorySegment coefficients(MemorySegment vector) {
        return vector.asSlice(0, blocks);
    }

    /** The combined blocks of a vector. */
    public MemorySegment block(MemorySegment vector) {
        return vector.asSlice(blocks, blockBytes);
    }

    /** What the checksum of a vector is about: all before it. */
    MemorySegment content(MemorySegment vector) {
        return vector.asSlice(0, (long) blocks + blockBytes);
    }

    /** The checksum of a vector. */
    MemorySegment checksum(MemorySegment vector) {
        return vector.asSlice((long) blocks + blockBytes, CHECKSUM_BYTES);
    }

    /**
     * Throws if that is no vector of this shape.
     *
     * @throws IllegalArgumentException with the rule and the value
     */
    void requireVector(MemorySegment vector) {
        if (vector.byteSize() != vectorBytes()) {
            throw new IllegalArgumentException(
                    "a vector has " + vectorBytes() + " bytes here, not " + vector.byteSize());
        }
    }

    /** Memory for so many rows, zeroed, outside the heap as the engine's messages are. It goes when nobody knows it. */
    public static MemorySegment[] rows(int count, int bytes) {
        MemorySegment all = Arena.ofAuto().allocate((long) count * bytes);
        MemorySegment[] rows = new MemorySegment[count];
        for (int row = 0; row < count; row++) {
            rows[row] = all.asSlice((long) row * bytes, bytes);
        }
        return rows;
    }
}

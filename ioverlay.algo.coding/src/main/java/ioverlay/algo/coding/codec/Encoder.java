package ioverlay.algo.coding.codec;

import ioverlay.algo.coding.field.Kernel;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.random.RandomGenerator;

/**
 * Codes the blocks of one generation at its source. Blocks come one after the other; what is combined is made of those that
 * are there, so nothing waits for a generation to be full.
 *
 * <p><b>Threads:</b> one at a time. <b>Memory:</b> as {@link Recoder}.
 */
public final class Encoder {
    private final Shape shape;
    private final Checksum checksum;
    private final Recoder blocks;
    private final MemorySegment vector;

    /**
     * An encoder without blocks.
     *
     * @param checksum of this generation
     */
    public Encoder(Shape shape, Checksum checksum, Kernel kernel) {
        this.shape = shape;
        this.checksum = checksum;
        blocks = new Recoder(shape, kernel);
        vector = Shape.rows(1, shape.vectorBytes())[0];
    }

    /**
     * Takes a copy of the next block.
     *
     * @return it in clear as a vector; valid until the next call
     * @throws IllegalArgumentException if it has another size
     * @throws IllegalStateException if there are as many as the shape says
     */
    public MemorySegment add(MemorySegment block) {
        if (block.byteSize() != shape.blockBytes()) {
            throw new IllegalArgumentException(
                    "a block has " + shape.blockBytes() + " bytes here, not " + block.byteSize());
        }
        if (size() == shape.blocks()) {
            throw new IllegalStateException("the generation has its " + shape.blocks() + " blocks already");
        }
        vector.fill((byte) 0).set(ValueLayout.JAVA_BYTE, size(), (byte) 1);
        shape.block(vector).copyFrom(block);
        checksum.seal(vector);
        blocks.add(vector);
        return vector.asReadOnly();
    }

    /** How many blocks there are by now. */
    public int size() {
        return blocks.rank();
    }

    /** Writes a random combination of all blocks, see {@link Recoder#combine}. */
    public void combine(RandomGenerator random, MemorySegment into) {
        blocks.combine(random, into);
    }
}

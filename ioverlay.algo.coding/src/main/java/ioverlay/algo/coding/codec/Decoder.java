package ioverlay.algo.coding.codec;

import ioverlay.algo.coding.field.Kernel;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.Optional;

/**
 * Decodes one generation, progressively: each vector is reduced by those before when it comes, in one pass over all of them,
 * and what is left is a triangle, which is resolved from its end when as many have come as there are blocks. Blocks that come
 * in clear are there at once.
 *
 * <p>Vectors must have been checked ({@link Checksum#holds}): a wrong one spoils all blocks.
 *
 * <p><b>Threads:</b> one at a time. <b>Memory:</b> blocks · (blocks + block size), outside the heap.
 */
public final class Decoder {
    private final Shape shape;
    private final Kernel kernel;
    private final Span span;
    private final MemorySegment[] data;
    private final MemorySegment[] sources;

    /** By block: 1 + its row, 0 as long as it is not decoded. */
    private final int[] rowOf;

    /** A decoder that has nothing yet. */
    public Decoder(Shape shape, Kernel kernel) {
        this.shape = shape;
        this.kernel = kernel;
        span = new Span(shape.blocks(), kernel);
        data = Shape.rows(shape.blocks(), shape.blockBytes());
        sources = new MemorySegment[shape.blocks() + 1];
        rowOf = new int[shape.blocks()];
    }

    /**
     * Takes a vector in; it is not kept.
     *
     * @return whether it brought something new: after as many of these as there are blocks, all are decoded
     * @throws IllegalArgumentException if it has another size
     */
    public boolean add(MemorySegment vector) {
        shape.requireVector(vector);
        if (!span.add(shape.coefficients(vector))) {
            return false;
        }
        int row = span.rank() - 1;
        System.arraycopy(data, 0, sources, 0, row);
        sources[row] = shape.block(vector);
        kernel.add(data[row].fill((byte) 0), span.factors(), sources, row + 1);
        if (span.isPlain(row)) {
            rowOf[span.pivot(row)] = row + 1;
        }
        if (span.isComplete()) {
            resolve();
        }
        return true;
    }

    /** Begins the next generation of this shape in the same memory: fresh memory costs more than decoding does. */
    public void clear() {
        span.clear();
        Arrays.fill(rowOf, 0);
    }

    /** From the last row up, two at a time: those below are blocks already. */
    private void resolve() {
        int row = shape.blocks() - 1;
        for (; row >= 1; row -= 2) {
            int below = shape.blocks() - 1 - row;
            System.arraycopy(data, row + 1, sources, 0, below);
            byte[][] factors = {factors(row - 1, row + 1), factors(row, row + 1)};
            kernel.add(new MemorySegment[] {data[row - 1], data[row]}, factors, sources, below);
            kernel.add(data[row - 1], span.coefficient(row - 1, row) & 0xff, data[row]);
        }
        if (row == 0) {
            System.arraycopy(data, 1, sources, 0, shape.blocks() - 1);
            kernel.add(data[0], factors(0, 1), sources, shape.blocks() - 1);
        }
        for (int decoded = 0; decoded < shape.blocks(); decoded++) {
            rowOf[span.pivot(decoded)] = decoded + 1;
        }
        Arrays.fill(sources, null);
    }

    private byte[] factors(int row, int from) {
        byte[] factors = new byte[shape.blocks() - from];
        for (int later = from; later < shape.blocks(); later++) {
            factors[later - from] = span.coefficient(row, later);
        }
        return factors;
    }

    /** How many vectors have brought something new. */
    public int rank() {
        return span.rank();
    }

    /** Whether all blocks are decoded. */
    public boolean isComplete() {
        return span.isComplete();
    }

    /**
     * A block, once it is decoded.
     *
     * @param index 0 to the number of blocks − 1
     * @return read-only; until {@link #clear}
     */
    public Optional<MemorySegment> block(int index) {
        return rowOf[index] == 0 ? Optional.empty() : Optional.of(data[rowOf[index] - 1].asReadOnly());
    }
}

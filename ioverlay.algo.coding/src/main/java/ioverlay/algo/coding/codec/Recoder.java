package ioverlay.algo.coding.codec;

import ioverlay.algo.coding.field.Kernel;
import java.lang.foreign.MemorySegment;
import java.util.random.RandomGenerator;

/**
 * Makes new combinations of one generation's vectors without decoding them: what an inner node does. It keeps those that
 * bring something new, as they came.
 *
 * <p><b>Threads:</b> one at a time. <b>Memory:</b> a vector and a row of coefficients for each block, outside the heap.
 */
public final class Recoder {
    private static final int UNITS = 255;

    private final Shape shape;
    private final Kernel kernel;
    private final Span span;
    private final MemorySegment[] vectors;
    private final byte[] factors;

    /** A recoder that has nothing yet. */
    public Recoder(Shape shape, Kernel kernel) {
        this.shape = shape;
        this.kernel = kernel;
        span = new Span(shape.blocks(), kernel);
        vectors = Shape.rows(shape.blocks(), shape.vectorBytes());
        factors = new byte[shape.blocks()];
    }

    /**
     * Takes a copy of a vector, if it brings something new.
     *
     * @return whether it does
     * @throws IllegalArgumentException if it has another size
     */
    public boolean add(MemorySegment vector) {
        shape.requireVector(vector);
        if (!span.add(shape.coefficients(vector))) {
            return false;
        }
        vectors[span.rank() - 1].copyFrom(vector);
        return true;
    }

    /** Begins the next generation of this shape in the same memory. */
    public void clear() {
        span.clear();
    }

    /** How many vectors it has. */
    public int rank() {
        return span.rank();
    }

    /**
     * One of them, as it came.
     *
     * @param row 0 to {@link #rank} − 1
     * @return read-only; until {@link #clear}
     */
    public MemorySegment vector(int row) {
        return vectors[row].asReadOnly();
    }

    /**
     * Writes a random combination of all vectors, each of them in it.
     *
     * @param random the place's
     * @param into gets the vector
     * @throws IllegalStateException if there is nothing to combine
     * @throws IllegalArgumentException if it has another size
     */
    public void combine(RandomGenerator random, MemorySegment into) {
        shape.requireVector(into);
        if (rank() == 0) {
            throw new IllegalStateException("there is no vector to combine yet");
        }
        for (int row = 0; row < rank(); row++) {
            factors[row] = (byte) (1 + random.nextInt(UNITS));
        }
        into.fill((byte) 0);
        kernel.add(into, factors, vectors, rank());
    }
}

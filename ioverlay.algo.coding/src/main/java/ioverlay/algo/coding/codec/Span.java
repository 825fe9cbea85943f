package ioverlay.algo.coding.codec;

import ioverlay.algo.coding.field.Field;
import ioverlay.algo.coding.field.Kernel;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * What the coefficients seen so far span: tells by Gaussian elimination whether others bring something new, and what has to
 * be done to the blocks to follow. The rows are kept in the order in which they came; each has a pivot, a place where it has
 * 1 and all later rows have 0.
 */
final class Span {
    private final Kernel kernel;
    private final MemorySegment[] rows;
    private final MemorySegment rest;
    private final int[] pivots;
    private final byte[] factors;
    private int rank;

    Span(int blocks, Kernel kernel) {
        this.kernel = kernel;
        rows = Shape.rows(blocks, blocks);
        rest = Shape.rows(1, blocks)[0];
        pivots = new int[blocks];
        factors = new byte[blocks + 1];
    }

    /**
     * Takes coefficients in.
     *
     * @return whether they are independent of all before; if not, nothing has changed
     */
    boolean add(MemorySegment coefficients) {
        if (rank == rows.length) {
            return false;
        }
        rest.copyFrom(coefficients);
        for (int row = 0; row < rank; row++) {
            int factor = at(rest, pivots[row]);
            factors[row] = (byte) factor;
            kernel.add(rest, factor, rows[row]);
        }
        int pivot = firstNonzero();
        if (pivot < 0) {
            return false;
        }
        int scale = Field.inverse(at(rest, pivot));
        for (int row = 0; row < rank; row++) {
            factors[row] = (byte) Field.times(scale, factors[row] & 0xff);
        }
        factors[rank] = (byte) scale;
        kernel.add(rows[rank].fill((byte) 0), scale, rest);
        pivots[rank] = pivot;
        rank++;
        return true;
    }

    /** Forgets all of them. */
    void clear() {
        rank = 0;
    }

    private int firstNonzero() {
        for (int place = 0; place < rows.length; place++) {
            if (at(rest, place) != 0) {
                return place;
            }
        }
        return -1;
    }

    private static int at(MemorySegment coefficients, int place) {
        return coefficients.get(ValueLayout.JAVA_BYTE, place) & 0xff;
    }

    /** How many independent ones there were. */
    int rank() {
        return rank;
    }

    boolean isComplete() {
        return rank == rows.length;
    }

    /**
     * How the last row that was added came to be: the multiples of the rows before it, then that of what was added. Valid
     * until the next {@link #add}.
     */
    byte[] factors() {
        return factors;
    }

    /** Where the row has its 1. */
    int pivot(int row) {
        return pivots[row];
    }

    /** How much of a later row's pivot a row has. */
    byte coefficient(int row, int laterRow) {
        return (byte) at(rows[row], pivots[laterRow]);
    }

    /** Whether a row is nothing but its pivot: its block is decoded. */
    boolean isPlain(int row) {
        for (int place = 0; place < rows.length; place++) {
            if (place != pivots[row] && at(rows[row], place) != 0) {
                return false;
            }
        }
        return true;
    }
}

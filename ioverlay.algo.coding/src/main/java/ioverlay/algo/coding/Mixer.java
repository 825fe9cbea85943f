package ioverlay.algo.coding;

import ioverlay.algo.coding.Sum.Part;
import ioverlay.algo.coding.field.Field;
import ioverlay.algo.coding.field.Kernel;
import ioverlay.api.Message;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.util.Optional;

/** Adds payloads and takes them apart, in a piece of memory outside the heap that it keeps. */
final class Mixer {
    private static final long LEAST_BYTES = 8192;

    private final Kernel kernel;
    private MemorySegment memory = MemorySegment.NULL;

    Mixer(Kernel kernel) {
        this.kernel = kernel;
    }

    /**
     * The payload of a combined message.
     *
     * @return a view of memory that the next call uses again
     */
    ByteBuffer sum(Sum sum, Message even, Message odd) {
        MemorySegment whole = cleared(Sum.BYTES + sum.size());
        sum.write(whole.asByteBuffer());
        MemorySegment combined = whole.asSlice(Sum.BYTES);
        add(combined, sum.even().coefficient(), even.segment());
        add(combined, sum.odd().coefficient(), odd.segment());
        return whole.asByteBuffer();
    }

    /**
     * The payload of the part that is missing, if it is what the combined message says that it is.
     *
     * @param combined what {@code sum} was read from
     * @param known the other part's payload
     * @return a view of memory that the next call uses again
     */
    Optional<ByteBuffer> missing(Sum sum, Message combined, Part missing, Part has, MemorySegment known) {
        MemorySegment whole = cleared(sum.size());
        int inverse = Field.inverse(missing.coefficient());
        add(whole, inverse, combined.segment().asSlice(Sum.BYTES));
        add(whole, Field.times(inverse, has.coefficient()), known);
        MemorySegment payload = whole.asSlice(0, missing.size());
        return missing.is(payload) ? Optional.of(payload.asByteBuffer()) : Optional.empty();
    }

    /** A shorter payload counts as followed by zeros. */
    private void add(MemorySegment into, int c, MemorySegment payload) {
        kernel.add(into.asSlice(0, payload.byteSize()), c, payload);
    }

    private MemorySegment cleared(long size) {
        if (memory.byteSize() < size) {
            memory = Arena.ofAuto().allocate(Math.max(LEAST_BYTES, Long.highestOneBit(size) * 2));
        }
        return memory.asSlice(0, size).fill((byte) 0);
    }
}

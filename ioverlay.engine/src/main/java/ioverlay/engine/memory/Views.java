package ioverlay.engine.memory;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import org.jspecify.annotations.Nullable;

/**
 * Read-only views of slabs that end together: a view kept beyond the run that gave it throws, and so does one used by
 * another thread. Costs nothing while nobody looks at a payload.
 *
 * <p><b>Threads:</b> between {@link #end} and the next {@link #end}, one.
 */
@SuppressWarnings({"restricted", "MustBeClosed"}) // reinterpret only narrows a slab's life; end() closes the arena
public final class Views {
    private @Nullable Arena arena;

    /** The range as a segment that is valid until {@link #end}. */
    public MemorySegment of(Slab slab, int from, int bytes) {
        MemorySegment range = slab.segment().asSlice(from, bytes);
        if (!range.isNative()) {
            return range.asReadOnly(); // heap memory outlives the view anyhow
        }
        return range.reinterpret(open(), null).asReadOnly();
    }

    /** The range as a segment to write to, valid until {@link #end}. */
    public MemorySegment writable(Slab slab, int from, int bytes) {
        MemorySegment range = slab.segment().asSlice(from, bytes);
        return range.isNative() ? range.reinterpret(open(), null) : range;
    }

    private Arena open() {
        Arena open = arena;
        if (open == null) {
            open = Arena.ofConfined();
            arena = open;
        }
        return open;
    }

    /** Ends every view given since the last call. */
    public void end() {
        Arena open = arena;
        if (open != null) {
            arena = null;
            open.close();
        }
    }
}

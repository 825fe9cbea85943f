package ioverlay.io.memory;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Read-only views of slabs that end together: a view kept beyond the run that gave it throws, and so does one used by
 * another thread. Costs nothing while nobody looks at a payload.
 *
 * <p><b>Threads:</b> between {@link #end} and the next {@link #end}, one.
 */
@SuppressWarnings({"restricted", "MustBeClosed"}) // reinterpret only narrows a slab's life; end() closes the arena
public final class Views {
    /** Of one epoch: a thread that was left behind keeps its own. */
    private static final class Shelf {
        @Nullable Arena arena;
    }

    private final BooleanSupplier mine;

    /** Volatile: when a thread was left behind, the next one gets a new one. */
    private volatile Shelf shelf = new Shelf();

    /** Views for one thread, whichever that is. */
    public Views() {
        this(() -> true);
    }

    /**
     * Views for the thread that runs the node.
     *
     * @param mine whether that is the calling one
     */
    public Views(BooleanSupplier mine) {
        this.mine = mine;
    }

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
        Shelf now = shelf;
        if (!mine.getAsBoolean()) { // looked at after the shelf: so a thread that was left behind has its old one
            throw new IllegalStateException("a payload can be seen in the algorithm's own calls only");
        }
        Arena open = now.arena;
        if (open == null) {
            open = Arena.ofConfined();
            now.arena = open;
        }
        return open;
    }

    /** Ends every view given since the last call. */
    public void end() {
        Shelf now = shelf;
        Arena open = now.arena;
        if (open != null) {
            now.arena = null;
            open.close();
        }
    }

    /** What was given stays with the thread that has it: only that one could close it. */
    public void leaveBehind() {
        shelf = new Shelf();
    }
}

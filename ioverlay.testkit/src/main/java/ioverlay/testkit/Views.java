package ioverlay.testkit;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import org.jspecify.annotations.Nullable;

/** Views of payloads, in memory outside the heap that goes away when the call ends: a view that is kept throws. */
@SuppressWarnings("MustBeClosed") // end() closes the arena
final class Views {
    private @Nullable Arena arena;

    /** The bytes as the present call may see them. */
    MemorySegment of(byte[] bytes) {
        Arena open = arena;
        if (open == null) {
            open = Arena.ofConfined();
            arena = open;
        }
        MemorySegment view = open.allocate(bytes.length);
        MemorySegment.copy(bytes, 0, view, ValueLayout.JAVA_BYTE, 0, bytes.length);
        return view.asReadOnly();
    }

    /** Ends every view given since the last call. */
    void end() {
        Arena open = arena;
        if (open != null) {
            arena = null;
            open.close();
        }
    }
}

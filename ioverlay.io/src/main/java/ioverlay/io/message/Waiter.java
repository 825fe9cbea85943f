package ioverlay.io.message;

import ioverlay.io.memory.Slab;

/**
 * A message that waits for room in one box: one of its remaining destinations (paper, section 2.2). Holds a reference to
 * the slab.
 */
public final class Waiter {
    /** What holds it. */
    public final Slab slab;

    /** Where it begins there. */
    public final int at;

    /** Header and payload. */
    public final int bytes;

    /** What caused it, and waits meanwhile. */
    public final Origin origin;

    /** A message that waits. */
    public Waiter(Slab slab, int at, int bytes, Origin origin) {
        this.slab = slab;
        this.at = at;
        this.bytes = bytes;
        this.origin = origin;
    }
}

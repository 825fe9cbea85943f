package ioverlay.engine;

import ioverlay.io.memory.Slab;

/**
 * A message that waits for room in one box: one of its remaining destinations (paper, section 2.2). Holds a reference to
 * the slab.
 */
final class Waiter {
    final Slab slab;
    final int at;
    final int bytes;
    final Origin origin;

    Waiter(Slab slab, int at, int bytes, Origin origin) {
        this.slab = slab;
        this.at = at;
        this.bytes = bytes;
        this.origin = origin;
    }
}

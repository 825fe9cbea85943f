package ioverlay.engine;

import ioverlay.io.memory.Slab;

/**
 * A message that waits for room in one box: one of its remaining destinations (paper, section 2.2). Holds a reference to
 * the slab.
 */
record Waiter(Slab slab, int at, int bytes, Origin origin) {}

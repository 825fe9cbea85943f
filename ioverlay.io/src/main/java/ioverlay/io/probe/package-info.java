/** Measuring the way to any node over a connection of its own: echoes for the round trip, a train for the bandwidth. */
@NullMarked
package ioverlay.io.probe;

import org.jspecify.annotations.NullMarked;

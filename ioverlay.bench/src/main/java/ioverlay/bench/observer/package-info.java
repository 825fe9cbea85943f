/** {@code run/overlay bench observer}: what it costs to watch many nodes, in processor time and in memory. */
@NullMarked
package ioverlay.bench.observer;

import org.jspecify.annotations.NullMarked;

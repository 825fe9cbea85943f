/** The threads that all nodes of a container share: the clock and the poller. They set flags and ring, nothing else. */
@NullMarked
package ioverlay.io.shared;

import org.jspecify.annotations.NullMarked;

/** What all nodes of a container share: the threads of clock and poller, which set flags and ring, nothing else; timers; and the generator that slots draw from. */
@NullMarked
package ioverlay.io.shared;

import org.jspecify.annotations.NullMarked;

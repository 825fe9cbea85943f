/** Telling the dead from the idle (design, "Failures"): time that this process was awake, links that owe and are silent. */
@NullMarked
package ioverlay.traffic.silence;

import org.jspecify.annotations.NullMarked;

/** Who looks after the calls of foreign code: what does not end is interrupted, cancelled, left behind. */
@NullMarked
package ioverlay.io.watch;

import org.jspecify.annotations.NullMarked;

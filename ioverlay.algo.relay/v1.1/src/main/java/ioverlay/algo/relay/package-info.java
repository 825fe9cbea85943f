/** The relay, version 1.1. */
@NullMarked
package ioverlay.algo.relay;

import org.jspecify.annotations.NullMarked;

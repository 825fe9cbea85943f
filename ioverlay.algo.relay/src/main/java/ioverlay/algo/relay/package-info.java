/** The smallest real algorithm: passes messages on to configured next hops. */
@NullMarked
package ioverlay.algo.relay;

import org.jspecify.annotations.NullMarked;

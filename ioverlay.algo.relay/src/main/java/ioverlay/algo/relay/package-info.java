/** The smallest real algorithm: passes messages on to configured next hops. */
@Version("1.0.0")
@NullMarked
package ioverlay.algo.relay;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.versioning.Version;

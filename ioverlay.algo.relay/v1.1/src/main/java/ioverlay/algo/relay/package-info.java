/** The relay's next version; what did not change is compiled from the sources of 1.0.0. */
@Version("1.1.0")
@NullMarked
package ioverlay.algo.relay;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.versioning.Version;

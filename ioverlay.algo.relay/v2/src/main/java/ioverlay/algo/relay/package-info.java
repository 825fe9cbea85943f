/** The relay's second major version; what did not change is compiled from the sources of 1.0.0. */
@Version("2.0.0")
@NullMarked
package ioverlay.algo.relay;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.versioning.Version;

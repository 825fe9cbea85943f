/** Multicast trees that nodes build among themselves (paper, section 3.2). */
@Version("2.0.0")
@NullMarked
package ioverlay.algo.tree;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.versioning.Version;

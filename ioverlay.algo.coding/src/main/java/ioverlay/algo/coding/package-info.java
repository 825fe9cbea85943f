/** Network coding: the butterfly of the paper (section 3.1), and the same network without coding. */
@Version("1.0.0")
@NullMarked
package ioverlay.algo.coding;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.versioning.Version;

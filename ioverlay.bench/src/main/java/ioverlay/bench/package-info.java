/** Benchmarks of the whole system, in a container of their own. */
@Version("1.0.0")
@NullMarked
package ioverlay.bench;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.versioning.Version;

/** What algorithms and applications see of a node: messages, the engine, the algorithm's life. */
@Export
@Version("1.1.0")
@NullMarked
package ioverlay.api;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;

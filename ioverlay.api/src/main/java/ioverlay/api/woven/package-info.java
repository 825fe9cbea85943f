/** What the container weaves into algorithms so that a call that does not end can be cancelled. Not for authors. */
@Export
@Version("1.0.0")
@NullMarked
package ioverlay.api.woven;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;

/** Applications: where a session's bytes come from and go to. */
@Version("1.0.0")
@NullMarked
package ioverlay.app;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.versioning.Version;

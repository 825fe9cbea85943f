/** What the command line and the shell ask an observer that runs beside them. */
@Export
@Version("1.0.0")
@NullMarked
package ioverlay.api.observer;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;

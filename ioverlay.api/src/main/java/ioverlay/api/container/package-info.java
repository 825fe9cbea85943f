/** What the shell, the observer and scenarios steer a container with. */
@Export
@Version("1.1.0")
@NullMarked
package ioverlay.api.container;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;

/** A live MPEG-2 transport stream (ISO/IEC 13818-1) through the overlay: taken at a source, offered at each receiver. */
@Version("1.0.0")
@NullMarked
package ioverlay.app.stream;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.versioning.Version;

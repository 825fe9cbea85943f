/** Versions that run beside the one that serves: what they would have sent is compared and discarded. */
@NullMarked
package ioverlay.container.shadow;

import org.jspecify.annotations.NullMarked;

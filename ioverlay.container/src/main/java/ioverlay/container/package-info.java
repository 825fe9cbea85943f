/** The control plane of one JVM. */
@NullMarked
package ioverlay.container;

import org.jspecify.annotations.NullMarked;

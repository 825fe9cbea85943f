/** The data plane of a node. */
@NullMarked
package ioverlay.engine;

import org.jspecify.annotations.NullMarked;

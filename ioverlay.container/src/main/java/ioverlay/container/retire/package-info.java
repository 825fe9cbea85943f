/** Bundles that have left: whether their class loaders are gone, and what still holds them. */
@NullMarked
package ioverlay.container.retire;

import org.jspecify.annotations.NullMarked;

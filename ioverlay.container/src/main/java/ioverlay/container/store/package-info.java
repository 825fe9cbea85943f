/** The bytes of bundles: what is looked at before the framework sees them, and where they are kept. */
@NullMarked
package ioverlay.container.store;

import org.jspecify.annotations.NullMarked;

/** Where messages live: slabs, shared by reference count, and the views of them that algorithms get. */
@NullMarked
package ioverlay.engine.memory;

import org.jspecify.annotations.NullMarked;

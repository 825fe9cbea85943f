/** Where messages live: slabs, shared by reference count, and the views of them that algorithms get. */
@NullMarked
package ioverlay.io.memory;

import org.jspecify.annotations.NullMarked;

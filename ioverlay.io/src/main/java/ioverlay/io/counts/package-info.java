/** What a node counts besides its links and slots. */
@NullMarked
package ioverlay.io.counts;

import org.jspecify.annotations.NullMarked;

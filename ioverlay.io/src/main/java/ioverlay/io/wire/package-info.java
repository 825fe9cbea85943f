/** What two engines say to each other on a link: the opening, credit, echoes and the end. */
@NullMarked
package ioverlay.io.wire;

import org.jspecify.annotations.NullMarked;

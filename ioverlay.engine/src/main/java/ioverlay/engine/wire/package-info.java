/** What two engines say to each other on a link: the opening, credit, echoes and the end. */
@NullMarked
package ioverlay.engine.wire;

import org.jspecify.annotations.NullMarked;

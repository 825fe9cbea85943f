/** How connections are opened, by those who knock and by the node itself, and what a node puts up with from peers. */
@NullMarked
package ioverlay.io.opening;

import org.jspecify.annotations.NullMarked;

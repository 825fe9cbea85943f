/** Who is there: the lines of containers, their nodes, what they were last seen doing, and commands to them. */
@NullMarked
package ioverlay.observer.fleet;

import org.jspecify.annotations.NullMarked;

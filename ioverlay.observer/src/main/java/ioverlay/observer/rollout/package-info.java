/** Bringing a version to many nodes, in waves, watched, and back. */
@NullMarked
package ioverlay.observer.rollout;

import org.jspecify.annotations.NullMarked;

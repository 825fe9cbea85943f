/** The line between a container and its observer: frames, their types, what they carry. Both ends use it. */
@NullMarked
package ioverlay.agent.line;

import org.jspecify.annotations.NullMarked;

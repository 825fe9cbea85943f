/** The container's end of its line to the observer: registers nodes, answers commands, passes events on. */
@NullMarked
package ioverlay.agent;

import org.jspecify.annotations.NullMarked;

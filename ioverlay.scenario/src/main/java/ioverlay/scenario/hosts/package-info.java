/** Nodes on hosts that run containers already, steered through an observer. */
@NullMarked
package ioverlay.scenario.hosts;

import org.jspecify.annotations.NullMarked;

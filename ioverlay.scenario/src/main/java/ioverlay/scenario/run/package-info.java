/** A scenario under way: its nodes, its clock, its time line, its samples. */
@NullMarked
package ioverlay.scenario.run;

import org.jspecify.annotations.NullMarked;

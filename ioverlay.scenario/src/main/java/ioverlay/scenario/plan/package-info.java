/** What a scenario file says, checked as a whole. */
@NullMarked
package ioverlay.scenario.plan;

import org.jspecify.annotations.NullMarked;

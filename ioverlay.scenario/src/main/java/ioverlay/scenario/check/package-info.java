/** What was measured, and whether it is what was expected. */
@NullMarked
package ioverlay.scenario.check;

import org.jspecify.annotations.NullMarked;

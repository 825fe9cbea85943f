/** Scenario files: what they say, how they are run, what is reported. */
@NullMarked
package ioverlay.scenario;

import org.jspecify.annotations.NullMarked;

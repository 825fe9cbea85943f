/** What a person and a program get to see afterwards. */
@NullMarked
package ioverlay.scenario.report;

import org.jspecify.annotations.NullMarked;

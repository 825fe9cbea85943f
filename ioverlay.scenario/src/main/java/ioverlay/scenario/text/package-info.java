/** A scenario file as text: values with their places, units, names that are nearly right. */
@NullMarked
package ioverlay.scenario.text;

import org.jspecify.annotations.NullMarked;

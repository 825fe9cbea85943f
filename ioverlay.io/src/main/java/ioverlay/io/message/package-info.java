/** Messages as algorithms see them, what they stage and what they hold: no turn decides anything here. */
@NullMarked
package ioverlay.io.message;

import org.jspecify.annotations.NullMarked;

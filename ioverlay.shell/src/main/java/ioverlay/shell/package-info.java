/** The commands of the Felix shell: what they are called, what they answer, how that looks. */
@NullMarked
package ioverlay.shell;

import org.jspecify.annotations.NullMarked;

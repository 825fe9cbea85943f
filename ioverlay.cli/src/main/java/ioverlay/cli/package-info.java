/** The command line. */
@NullMarked
package ioverlay.cli;

import org.jspecify.annotations.NullMarked;

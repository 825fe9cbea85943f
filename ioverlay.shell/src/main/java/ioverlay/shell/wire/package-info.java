/** What both ends of the shell's socket say to each other: see {@code docs/shell.md}. */
@NullMarked
package ioverlay.shell.wire;

import org.jspecify.annotations.NullMarked;

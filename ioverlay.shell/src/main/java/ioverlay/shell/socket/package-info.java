/** The Unix-domain socket through which a second shell comes in. */
@NullMarked
package ioverlay.shell.socket;

import org.jspecify.annotations.NullMarked;

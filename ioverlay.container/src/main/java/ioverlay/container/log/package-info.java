/** Passes what is logged with {@link java.lang.System.Logger} on to the log of OSGi, where the shell finds it. */
@NullMarked
package ioverlay.container.log;

import org.jspecify.annotations.NullMarked;

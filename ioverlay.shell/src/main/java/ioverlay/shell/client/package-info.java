/** What {@code run/overlay shell} starts: plain Java, without a framework, so that it is there at once. */
@NullMarked
package ioverlay.shell.client;

import org.jspecify.annotations.NullMarked;

/** The threads of one node: which of them runs it, which it has, and what one writes and others read. */
@NullMarked
package ioverlay.io.threads;

import org.jspecify.annotations.NullMarked;

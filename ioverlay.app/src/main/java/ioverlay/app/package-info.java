/** Applications: where a session's bytes come from and go to. */
@NullMarked
package ioverlay.app;

import org.jspecify.annotations.NullMarked;

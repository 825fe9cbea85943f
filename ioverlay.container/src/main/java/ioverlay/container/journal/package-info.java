/** What a container is to look like, written down so that it outlives it: see {@code docs/journal.md}. */
@NullMarked
package ioverlay.container.journal;

import org.jspecify.annotations.NullMarked;

/** What was: samples, events and rollouts in an embedded database, with retention. */
@NullMarked
package ioverlay.observer.history;

import org.jspecify.annotations.NullMarked;

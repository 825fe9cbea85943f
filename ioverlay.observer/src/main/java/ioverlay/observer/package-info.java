/** The observer, put together: fleet, history, repository, rollouts, web. */
@NullMarked
package ioverlay.observer;

import org.jspecify.annotations.NullMarked;

package ioverlay.observer.history;

import ioverlay.observer.fleet.Happening;

/**
 * Where is written what happens. Each line gets the next number, is kept in the database and pushed to the pages.
 *
 * <p><b>Threads:</b> any; does not wait.
 */
@FunctionalInterface
public interface Log {
    /** Adds a line. */
    void add(Happening happening);
}

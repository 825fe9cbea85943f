package ioverlay.observer.history;

import java.util.List;

/**
 * The log as it was.
 *
 * <p><b>Threads:</b> any; waits for the database.
 */
public interface Past {
    /**
     * Lines that came after that number and before now, those still on their way to the disk included.
     *
     * @param most so many of the latest, 1 to 10000
     * @return by number, ascending
     * @throws HistoryException if they could not be read
     */
    List<LogLine> after(long number, int most);
}

package ioverlay.observer.history;

import java.util.List;

/**
 * The log as it was, lines that are still on their way to the disk included.
 *
 * <p><b>Threads:</b> any; waits for the database.
 */
public interface Past {
    /** The number of the latest line; 0 if there never was one. Does not wait. */
    long latest();

    /**
     * Lines that came after that number and before now.
     *
     * @param most so many of the latest, 1 to {@value LogFilter#MOST}
     * @return by number, ascending
     * @throws HistoryException if they could not be read
     */
    List<LogLine> after(long number, int most);

    /**
     * Lines that a filter lets through, the latest first.
     *
     * @throws HistoryException if they could not be read
     */
    List<LogLine> find(LogFilter filter);
}

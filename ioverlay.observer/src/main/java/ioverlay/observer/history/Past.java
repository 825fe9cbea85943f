package ioverlay.observer.history;

import java.util.List;

/**
 * The log as it was, lines that are still on their way to the disk included, unless the disk does not take them: then what it has
 * is what is answered.
 *
 * <p><b>Threads:</b> any; waits for the database.
 */
public interface Past {
    /** The number of the latest line; 0 if there never was one. Does not wait. */
    long latest();

    /**
     * Lines that came after that number and before now, by number.
     *
     * @param most so many of the latest, 1 to {@value LogFilter#MOST}
     * @throws HistoryException if they could not be read
     */
    Lines missed(long number, int most);

    /**
     * Lines that a filter lets through, the latest first.
     *
     * @throws HistoryException if they could not be read
     */
    Lines lines(LogFilter filter);

    /**
     * What {@link #missed} gives, all at once, in memory.
     *
     * @throws HistoryException if they could not be read
     */
    default List<LogLine> after(long number, int most) {
        return missed(number, most).all();
    }

    /**
     * What {@link #lines} gives, all at once, in memory.
     *
     * @throws HistoryException if they could not be read
     */
    default List<LogLine> find(LogFilter filter) {
        return lines(filter).all();
    }
}

package ioverlay.observer.history;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;

/**
 * How much of the past is kept: so many hours, and at most so many rows; the oldest goes first. Rows that go leave room in
 * the file for new ones, so that the file stays as large as its fullest moment.
 *
 * @param keep how long
 * @param mostSamples rows of nodes
 * @param mostLinks rows of links
 * @param mostLines of the log, of which traces of algorithms are a third at most
 */
public record Retention(Duration keep, long mostSamples, long mostLinks, long mostLines) {
    private static final String TRACE = "kind = 'trace' AND ";

    /** Three days and what fits into about half a gigabyte. */
    public static final Retention USUAL = hours(72);

    /** Checks that something is kept. */
    public Retention {
        if (keep.compareTo(Duration.ofMinutes(1)) < 0 || keep.compareTo(Duration.ofDays(3650)) > 0) {
            throw new IllegalArgumentException("history is kept for a minute to ten years, not " + keep);
        }
        if (mostSamples < 1 || mostLinks < 1 || mostLines < 3) {
            throw new IllegalArgumentException("history keeps at least a row of each kind");
        }
    }

    /** So many hours, with the usual numbers of rows. */
    public static Retention hours(long hours) {
        return new Retention(Duration.ofHours(hours), 3_000_000, 4_000_000, 300_000);
    }

    /**
     * Deletes what is beyond. On the writer's thread.
     *
     * @param now stamp of a {@link Timeline}: what the clock says of a line is not asked, and lines go in the order of their
     *     numbers
     */
    int tidy(Connection connection, long now) throws SQLException {
        long end = now - keep.toMillis();
        int gone = older(connection, "sample", end) + older(connection, "link", end);
        gone += beyond(connection, "sample", now, mostSamples) + beyond(connection, "link", now, mostLinks);
        gone += NodeNames.forget(connection, end, now);
        gone += oldLines(connection, end, now);
        return gone + latest(connection, TRACE, mostLines / 3) + latest(connection, "", mostLines);
    }

    /** Notes how far the log is now; lines that were there when that was noted long ago are old. */
    private static int oldLines(Connection connection, long end, long now) throws SQLException {
        long last = count(connection, "SELECT COALESCE(MAX(number), 0) FROM happening");
        long noted = count(connection, "SELECT COALESCE(MAX(number), 0) FROM tide");
        long old = count(connection, "SELECT COALESCE(MAX(number), 0) FROM tide WHERE stamp < " + end);
        try (Statement statement = connection.createStatement()) {
            if (last > noted) {
                statement.executeUpdate("MERGE INTO tide KEY (stamp) VALUES (" + now + ", " + last + ")");
            }
            statement.executeUpdate("DELETE FROM tide WHERE stamp < " + end);
            return statement.executeUpdate("DELETE FROM happening WHERE number <= " + old);
        }
    }

    private static int older(Connection connection, String table, long end) throws SQLException {
        int gone = 0;
        try (PreparedStatement delete =
                connection.prepareStatement("DELETE FROM " + table + " WHERE k BETWEEN ? AND ?")) {
            for (int node : NodeNames.all(connection)) {
                delete.setLong(1, SampleKey.first(node, 0));
                delete.setLong(2, SampleKey.first(node, end) - 1);
                gone += delete.executeUpdate();
                // Small transactions: an undo log of millions of rows would be memory.
                connection.commit();
            }
        }
        return gone;
    }

    /** Shortens the time that is kept by a tenth as long as there are too many rows. */
    private int beyond(Connection connection, String table, long now, long most) throws SQLException {
        int gone = 0;
        Duration kept = keep;
        while (count(connection, "SELECT COUNT(*) FROM " + table) > most && kept.toSeconds() > 0) {
            kept = kept.multipliedBy(9).dividedBy(10);
            gone += older(connection, table, now - kept.toMillis());
        }
        return gone;
    }

    private static int latest(Connection connection, String condition, long most) throws SQLException {
        long last = count(
                connection,
                "SELECT COALESCE((SELECT number FROM happening WHERE " + condition + "TRUE ORDER BY number DESC OFFSET "
                        + most + " ROWS FETCH FIRST 1 ROW ONLY), 0)");
        if (last == 0) {
            return 0;
        }
        try (PreparedStatement delete =
                connection.prepareStatement("DELETE FROM happening WHERE " + condition + "number <= ?")) {
            delete.setLong(1, last);
            return delete.executeUpdate();
        }
    }

    private static long count(Connection connection, String select) throws SQLException {
        try (Statement count = connection.createStatement();
                ResultSet rows = count.executeQuery(select)) {
            rows.next();
            return rows.getLong(1);
        }
    }
}

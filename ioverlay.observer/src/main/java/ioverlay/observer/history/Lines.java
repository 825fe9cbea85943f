package ioverlay.observer.history;

import com.google.gson.JsonParser;
import ioverlay.observer.fleet.Happening;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/**
 * Lines of the log, one after the other. However many they are and however long, about a megabyte of them is held at a time, and
 * between two such pages nothing of the database: a client that reads slowly holds up nobody, and lines that go meanwhile
 * because they are old are left out.
 *
 * <p><b>Threads:</b> one at a time.
 */
public final class Lines {
    private static final long PAGE_CHARACTERS = 512 << 10;
    private static final int PAGE_LINES = 500;
    private static final String COLUMNS = "number, time, kind, node, name, who, sentence, detail";
    private static final String SIZE =
            "200 + CHAR_LENGTH(name) + CHAR_LENGTH(who) + CHAR_LENGTH(sentence) + CHAR_LENGTH(detail)";

    private final Database database;
    private final boolean ascending;
    private final Deque<Row> page = new ArrayDeque<>();
    private LogFilter rest;
    private int left;
    private boolean more;

    /** Its first page is read at once. */
    Lines(Database database, LogFilter filter, boolean ascending) {
        this.database = database;
        this.ascending = ascending;
        this.rest = filter;
        this.left = filter.limit();
        turn();
    }

    /** A line as it lies there: what is said in it is parsed when it is asked for. */
    private record Row(
            long number, long time, String kind, String node, String name, String who, String sentence, String detail) {
        LogLine line() {
            Instant at = Instant.ofEpochMilli(time);
            return new LogLine(
                    number,
                    new Happening(
                            at,
                            kind,
                            node,
                            name,
                            who,
                            sentence,
                            JsonParser.parseString(detail).getAsJsonObject()));
        }
    }

    /**
     * The next one; empty after the last.
     *
     * @throws HistoryException if it cannot be read
     */
    public Optional<LogLine> next() {
        if (page.isEmpty() && more && left > 0) {
            turn();
        }
        return Optional.ofNullable(page.poll()).map(Row::line);
    }

    /** Whether there are more that the filter lets through than have been given. */
    public boolean more() {
        return more || !page.isEmpty();
    }

    private void turn() {
        page.addAll(database.read(this::read));
        left -= page.size();
        if (!page.isEmpty()) {
            long last = page.getLast().number();
            rest = ascending ? rest.since(last) : rest.until(last);
        }
    }

    /** First how long they are, then as many as fit. */
    private List<Row> read(Connection connection) throws SQLException {
        List<Row> rows = new ArrayList<>();
        long last = last(connection);
        if (last == 0) {
            return rows;
        }
        LogFilter fitting = ascending ? rest.until(last + 1) : rest.since(last - 1);
        try (PreparedStatement select = select(connection, COLUMNS, fitting, PAGE_LINES);
                ResultSet row = select.executeQuery()) {
            while (row.next()) {
                rows.add(new Row(
                        row.getLong(1),
                        row.getLong(2),
                        row.getString(3),
                        row.getString(4),
                        row.getString(5),
                        row.getString(6),
                        row.getString(7),
                        row.getString(8)));
            }
        }
        return rows;
    }

    /** The number of the last that fits; 0 if there are no more. */
    private long last(Connection connection) throws SQLException {
        int most = Math.min(left, PAGE_LINES);
        long last = 0;
        long characters = 0;
        more = false;
        try (PreparedStatement select = select(connection, "number, " + SIZE, rest, most + 1);
                ResultSet row = select.executeQuery()) {
            for (int count = 0; row.next(); count++) {
                characters += row.getLong(2);
                if (count == most || (count > 0 && characters > PAGE_CHARACTERS)) {
                    more = true;
                    break;
                }
                last = row.getLong(1);
            }
        }
        return last;
    }

    private PreparedStatement select(Connection connection, String columns, LogFilter filter, int most)
            throws SQLException {
        PreparedStatement select =
                connection.prepareStatement("SELECT " + columns + " FROM happening WHERE " + filter.condition()
                        + " ORDER BY number " + (ascending ? "ASC" : "DESC") + " FETCH FIRST " + most + " ROWS ONLY");
        filter.fill(select);
        return select;
    }

    /** All of them together. */
    List<LogLine> all() {
        List<LogLine> all = new ArrayList<>();
        for (Optional<LogLine> line = next(); line.isPresent(); line = next()) {
            all.add(line.get());
        }
        return all;
    }
}

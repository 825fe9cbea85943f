package ioverlay.observer.history;

import com.google.gson.JsonObject;
import ioverlay.observer.fleet.Happening;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;

/**
 * The log as rows of the database. Numbers are reserved {@value #RESERVED} at a time before they are given, so that none is
 * given twice, even if the process is killed before lines that pages have seen are written.
 */
final class LogTable implements Past {
    /** Numbers that one write reserves. */
    static final int RESERVED = 1000;

    private static final String COLUMNS = "number, time, kind, node, name, who, sentence, detail";

    private final Database database;
    private long latest;
    private long reserved;

    LogTable(Database database) {
        this.database = database;
        this.latest = database.read(LogTable::last);
        this.reserved = latest;
        reserve();
    }

    private static long last(Connection connection) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement("""
                SELECT GREATEST(COALESCE((SELECT MAX(number) FROM happening), 0),
                    COALESCE((SELECT amount FROM counter WHERE name = 'line'), 0))""");
                ResultSet rows = select.executeQuery()) {
            rows.next();
            return rows.getLong(1);
        }
    }

    /** Gives it the next number and writes it soon. */
    synchronized LogLine add(Happening happening) {
        if (latest + RESERVED / 2 >= reserved) {
            long next = reserved + RESERVED;
            if (database.write(0, connection -> mark(connection, next))) {
                reserved = next;
            }
        }
        LogLine line = new LogLine(++latest, cut(happening));
        String detail = line.happening().detail().toString();
        database.write(bytes(line, detail), connection -> insert(connection, line, detail));
        return line;
    }

    private void reserve() {
        long next = reserved + RESERVED;
        database.writeNow(0, Task.irrevocable(connection -> mark(connection, next)));
        reserved = next;
    }

    /** The numbers that were reserved and not given are free again: for a close in good order. */
    synchronized void release() {
        long exact = latest;
        database.write(0, connection -> mark(connection, exact));
    }

    private static int mark(Connection connection, long number) throws SQLException {
        try (PreparedStatement merge =
                connection.prepareStatement("MERGE INTO counter (name, amount) KEY (name) VALUES ('line', ?)")) {
            merge.setLong(1, number);
            return merge.executeUpdate();
        }
    }

    private static long bytes(LogLine line, String detail) {
        Happening it = line.happening();
        return 300
                + 2L * (it.sentence().length() + it.name().length() + it.who().length() + detail.length());
    }

    /** What comes from elsewhere may be longer than what is kept. */
    private static Happening cut(Happening it) {
        JsonObject detail = it.detail();
        int length = detail.toString().length();
        if (length > 65_536) {
            detail = new JsonObject();
            detail.addProperty("omitted", length);
        }
        return new Happening(
                it.time(),
                cut(it.kind(), 64),
                cut(it.node(), 64),
                cut(it.name(), 256),
                cut(it.who(), 256),
                cut(it.sentence(), 4096),
                detail);
    }

    private static String cut(String text, int most) {
        return text.length() <= most ? text : text.substring(0, most - 1) + "…";
    }

    private static int insert(Connection connection, LogLine line, String detail) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement(
                "MERGE INTO happening (" + COLUMNS + ") KEY (number) VALUES (?, ?, ?, ?, ?, ?, ?, ?)")) {
            Happening happening = line.happening();
            insert.setLong(1, line.number());
            insert.setLong(2, happening.time().toEpochMilli());
            insert.setString(3, happening.kind());
            insert.setString(4, happening.node());
            insert.setString(5, happening.name());
            insert.setString(6, happening.who());
            insert.setString(7, happening.sentence());
            insert.setString(8, detail);
            return insert.executeUpdate();
        }
    }

    @Override
    public synchronized long latest() {
        return latest;
    }

    @Override
    public Lines missed(long number, int most) {
        database.flush();
        long from = database.read(connection -> {
            try (PreparedStatement select = connection.prepareStatement("SELECT number FROM happening WHERE number > ?"
                    + " ORDER BY number DESC OFFSET " + most + " ROWS FETCH FIRST 1 ROW ONLY")) {
                select.setLong(1, number);
                try (ResultSet rows = select.executeQuery()) {
                    return rows.next() ? rows.getLong(1) : number;
                }
            }
        });
        return new Lines(database, new LogFilter("", "", "", from, Long.MAX_VALUE, most), true);
    }

    @Override
    public Lines lines(LogFilter filter) {
        database.flush();
        return new Lines(database, filter, false);
    }
}

package ioverlay.observer.history;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Numbers for nodes, so that a row does not have to spell them. One that no row can have any more is given again.
 *
 * <p><b>Threads:</b> the writer's, but for {@link #find}.
 */
final class NodeNames {
    private static final int LONGEST = 64;
    private static final int MOST_REMEMBERED = 10_000;
    private static final long NOTE_EVERY_MS = TimeUnit.HOURS.toMillis(1);

    private final Map<String, Known> known = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Known> eldest) {
            return size() > MOST_REMEMBERED;
        }
    };
    private @Nullable Connection current;
    private int last = -1;

    /**
     * A number.
     *
     * @param used stamp that stands in the row
     */
    private record Known(int id, long used) {}

    /** The number of a node that is seen now. */
    int id(Connection connection, String node, long stamp) throws SQLException {
        if (!connection.equals(current)) {
            // What another connection had written may be lost with it.
            known.clear();
            last = -1;
            current = connection;
        }
        String name = cut(node);
        Known before = known.get(name);
        if (before != null && stamp - before.used() < NOTE_EVERY_MS) {
            return before.id();
        }
        int id = find(connection, name);
        if (id < 0) {
            id = insert(connection, name, stamp);
        } else {
            note(connection, id, stamp);
        }
        known.put(name, new Known(id, stamp));
        return id;
    }

    private static String cut(String node) {
        return node.length() <= LONGEST ? node : node.substring(0, LONGEST);
    }

    private static void note(Connection connection, int id, long stamp) throws SQLException {
        try (PreparedStatement update = connection.prepareStatement("UPDATE node SET used = ? WHERE id = ?")) {
            update.setLong(1, stamp);
            update.setInt(2, id);
            update.executeUpdate();
        }
    }

    private int insert(Connection connection, String name, long stamp) throws SQLException {
        int id = free(connection);
        try (PreparedStatement insert = connection.prepareStatement(
                "INSERT INTO node (id, name, used) OVERRIDING SYSTEM VALUE VALUES (?, ?, ?)")) {
            insert.setInt(1, id);
            insert.setString(2, name);
            insert.setLong(3, stamp);
            insert.executeUpdate();
        }
        last = id;
        return id;
    }

    /** The next after the last that was given, round and round. */
    private int free(Connection connection) throws SQLException {
        if (last < 0) {
            last = (int) number(connection, "SELECT COALESCE(MAX(id), 0) FROM node");
        }
        for (int tried = 0; tried < SampleKey.NODES; tried++) {
            int id = 1 + (last + tried) % (SampleKey.NODES - 1);
            if (number(connection, "SELECT COUNT(*) FROM node WHERE id = " + id) == 0) {
                return id;
            }
        }
        throw new SQLException("the history keeps 2^20 nodes and can number no more", "22000");
    }

    private static long number(Connection connection, String select) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(select)) {
            rows.next();
            return rows.getLong(1);
        }
    }

    /** The number of a node; -1 if it has none. */
    static int find(Connection connection, String node) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement("SELECT id FROM node WHERE name = ?")) {
            select.setString(1, cut(node));
            try (ResultSet rows = select.executeQuery()) {
                return rows.next() ? rows.getInt(1) : -1;
            }
        }
    }

    /** All numbers that are given. */
    static List<Integer> all(Connection connection) throws SQLException {
        List<Integer> ids = new ArrayList<>();
        try (Statement select = connection.createStatement();
                ResultSet rows = select.executeQuery("SELECT id FROM node")) {
            while (rows.next()) {
                ids.add(rows.getInt(1));
            }
        }
        return ids;
    }

    /**
     * Forgets nodes that were not seen since long before that stamp, so that no row has them.
     *
     * @param now stamp for what an older iOverlay wrote without one
     */
    static int forget(Connection connection, long end, long now) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.executeUpdate("UPDATE node SET used = " + now + " WHERE used = 0");
            // Twice: what is noted may be as old as that.
            return statement.executeUpdate("DELETE FROM node WHERE used < " + (end - 2 * NOTE_EVERY_MS));
        }
    }
}

package ioverlay.observer.history;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

/** The tables, as a list of steps: a database that has taken the first n takes the others when it is opened. */
final class Schema {
    /**
     * Each step once, in order; never changed after a release, only added to. A step that was cut off is taken again, so
     * each says {@code IF NOT EXISTS}.
     *
     * <p>The key of a sample is its node, time and place in one number ({@link SampleTable}), which is also how H2 orders the
     * rows: a node's samples lie together, and no index costs as much again.
     */
    private static final List<List<String>> STEPS = List.of(first(), second());

    private Schema() {}

    private static List<String> first() {
        return List.of(
                """
            CREATE TABLE IF NOT EXISTS counter (name VARCHAR(64) PRIMARY KEY, amount BIGINT NOT NULL)
            """,
                """
            CREATE TABLE IF NOT EXISTS node (id INT GENERATED ALWAYS AS IDENTITY PRIMARY KEY, name VARCHAR(64) NOT NULL UNIQUE)
            """,
                """
            CREATE TABLE IF NOT EXISTS sample (k BIGINT PRIMARY KEY,
                in_bytes DOUBLE PRECISION NOT NULL, out_bytes DOUBLE PRECISION NOT NULL,
                in_messages DOUBLE PRECISION NOT NULL, out_messages DOUBLE PRECISION NOT NULL,
                queued BIGINT NOT NULL, failed BIGINT NOT NULL)
            """,
                """
            CREATE TABLE IF NOT EXISTS link (k BIGINT PRIMARY KEY, peer INT NOT NULL, outward BOOLEAN NOT NULL,
                bytes DOUBLE PRECISION NOT NULL, queued BIGINT NOT NULL, round_trip DOUBLE PRECISION NOT NULL)
            """,
                """
            CREATE TABLE IF NOT EXISTS happening (number BIGINT PRIMARY KEY, time BIGINT NOT NULL,
                kind VARCHAR(64) NOT NULL, node VARCHAR(64) NOT NULL, name VARCHAR(256) NOT NULL,
                who VARCHAR(256) NOT NULL, sentence VARCHAR(4096) NOT NULL, detail VARCHAR(65536) NOT NULL)
            """,
                "CREATE INDEX IF NOT EXISTS happening_by_kind ON happening (kind, number)",
                "CREATE INDEX IF NOT EXISTS happening_by_node ON happening (node, number)",
                "CREATE INDEX IF NOT EXISTS happening_by_time ON happening (time)",
                """
            CREATE TABLE IF NOT EXISTS document (number BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
                kind VARCHAR(200) NOT NULL, id VARCHAR(200) NOT NULL, text CHARACTER LARGE OBJECT NOT NULL, UNIQUE (kind, id))
            """);
    }

    /** What has to be in order goes by stamps and numbers, since a clock may be set back; nodes that are not used go. */
    private static List<String> second() {
        return List.of(
                "CREATE TABLE IF NOT EXISTS tide (stamp BIGINT PRIMARY KEY, number BIGINT NOT NULL)",
                "ALTER TABLE node ADD COLUMN IF NOT EXISTS used BIGINT DEFAULT 0 NOT NULL",
                "DROP INDEX IF EXISTS happening_by_time");
    }

    /**
     * Takes the steps that were not taken yet.
     *
     * @throws HistoryException if the database has taken more steps than there are here
     */
    static void renew(Connection connection, Path file) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("CREATE TABLE IF NOT EXISTS schema_step (taken INT NOT NULL)");
            int taken;
            try (ResultSet rows = statement.executeQuery("SELECT COALESCE(MAX(taken), 0) FROM schema_step")) {
                rows.next();
                taken = rows.getInt(1);
            }
            if (taken > STEPS.size()) {
                throw new HistoryException("the history " + file + " was written by a newer iOverlay: its schema is "
                        + taken + ", and this one knows " + STEPS.size());
            }
            for (int step = taken; step < STEPS.size(); step++) {
                for (String change : STEPS.get(step)) {
                    statement.execute(change);
                }
                statement.execute("INSERT INTO schema_step VALUES (" + (step + 1) + ")");
            }
        }
    }
}

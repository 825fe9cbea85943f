package ioverlay.observer.history;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Which lines of the log are wanted.
 *
 * @param kind exactly, or the part of it before a dot: {@code node} is {@code node.joined} too; empty is any
 * @param node id or name; empty is any
 * @param text somewhere in sentence, detail, who or name, whatever the case; empty is any
 * @param after only lines with larger numbers
 * @param before only lines with smaller numbers
 * @param limit how many of the latest, 1 to 10000
 */
public record LogFilter(String kind, String node, String text, long after, long before, int limit) {
    /** Most lines of one answer. */
    public static final int MOST = 10_000;

    /** Checks the limit. */
    public LogFilter {
        if (limit < 1 || limit > MOST) {
            throw new IllegalArgumentException("the limit of a log is 1 to " + MOST + " lines, not " + limit);
        }
    }

    /** The same, of larger numbers only. */
    LogFilter since(long number) {
        return new LogFilter(kind, node, text, number, before, limit);
    }

    /** The same, of smaller numbers only. */
    LogFilter until(long number) {
        return new LogFilter(kind, node, text, after, number, limit);
    }

    /** For a statement: what {@link #fill} then gives values. */
    String condition() {
        List<String> parts = new ArrayList<>(List.of("number > ?", "number < ?"));
        if (!kind.isEmpty()) {
            parts.add("(kind = ? OR kind LIKE ? ESCAPE '!')");
        }
        if (!node.isEmpty()) {
            parts.add("(node = ? OR name = ?)");
        }
        if (!text.isEmpty()) {
            parts.add("LOWER(sentence || ' ' || detail || ' ' || who || ' ' || name) LIKE ? ESCAPE '!'");
        }
        return String.join(" AND ", parts);
    }

    void fill(PreparedStatement statement) throws SQLException {
        int at = 1;
        statement.setLong(at++, after);
        statement.setLong(at++, before);
        if (!kind.isEmpty()) {
            statement.setString(at++, kind);
            statement.setString(at++, literal(kind) + ".%");
        }
        if (!node.isEmpty()) {
            statement.setString(at++, node);
            statement.setString(at++, node);
        }
        if (!text.isEmpty()) {
            statement.setString(at, "%" + literal(text.toLowerCase(Locale.ROOT)) + "%");
        }
    }

    private static String literal(String text) {
        return text.replace("!", "!!").replace("%", "!%").replace("_", "!_");
    }
}

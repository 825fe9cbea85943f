package ioverlay.observer.history;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Documents as rows of the database. */
final class DocumentTable implements Documents {
    private static final Logger LOG = System.getLogger(DocumentTable.class.getName());

    private final Database database;

    DocumentTable(Database database) {
        this.database = database;
    }

    @Override
    public void put(String kind, String id, JsonObject document) {
        named(kind);
        named(id);
        String text = document.toString();
        if (text.length() > TEXT_LIMIT) {
            throw new IllegalArgumentException(
                    "a document has at most " + TEXT_LIMIT + " characters, not " + text.length());
        }
        database.writeNow(2L * text.length(), connection -> change(connection, kind, id, Optional.of(text)));
    }

    /** Puts it there, or takes it away; gives what brings back what was there before. */
    private static Task.Work<?> change(Connection connection, String kind, String id, Optional<String> text)
            throws SQLException {
        Optional<String> before = text(connection, kind, id);
        set(connection, kind, id, before, text);
        // Whatever is there then: only what was put in between would be lost, and nothing is put before that.
        return later -> set(later, kind, id, text(later, kind, id), before);
    }

    private static Optional<String> text(Connection connection, String kind, String id) throws SQLException {
        try (PreparedStatement select =
                        connection.prepareStatement("SELECT text FROM document WHERE kind = ? AND id = ?");
                ResultSet rows = filled(select, kind, id).executeQuery()) {
            return rows.next() ? Optional.of(rows.getString(1)) : Optional.empty();
        }
    }

    private static int set(
            Connection connection, String kind, String id, Optional<String> before, Optional<String> text)
            throws SQLException {
        String change = text.isEmpty()
                ? "DELETE FROM document WHERE kind = ? AND id = ?"
                : before.isPresent()
                        ? "UPDATE document SET text = ? WHERE kind = ? AND id = ?"
                        : "INSERT INTO document (text, kind, id) VALUES (?, ?, ?)";
        try (PreparedStatement statement = connection.prepareStatement(change)) {
            return text.isEmpty()
                    ? filled(statement, kind, id).executeUpdate()
                    : filled(statement, text.get(), kind, id).executeUpdate();
        }
    }

    @Override
    public Optional<JsonObject> get(String kind, String id) {
        return query("SELECT kind, id, text FROM document WHERE kind = ? AND id = ?", kind, id).stream()
                .findFirst();
    }

    @Override
    public List<JsonObject> list(String kind) {
        return query("SELECT kind, id, text FROM document WHERE kind = ? ORDER BY number", kind);
    }

    @Override
    public void remove(String kind, String id) {
        database.writeNow(0, connection -> change(connection, kind, id, Optional.empty()));
    }

    private List<JsonObject> query(String sql, String... values) {
        return database.readSettled(connection -> {
            List<JsonObject> documents = new ArrayList<>();
            try (PreparedStatement select = connection.prepareStatement(sql);
                    ResultSet rows = filled(select, values).executeQuery()) {
                while (rows.next()) {
                    documents.add(parsed(rows.getString("kind"), rows.getString("id"), rows.getString("text")));
                }
            }
            return documents;
        });
    }

    private static JsonObject parsed(String kind, String id, String text) {
        try {
            return JsonParser.parseString(text).getAsJsonObject();
        } catch (RuntimeException e) {
            // What is on the disk may be anybody's writing: one document says nothing, and all others are there.
            LOG.log(
                    Level.WARNING,
                    "the document {0} {1} of the history is no JSON object and is taken as an empty one: {2}",
                    kind,
                    id,
                    e.getMessage());
            return new JsonObject();
        }
    }

    private static PreparedStatement filled(PreparedStatement statement, String... values) throws SQLException {
        for (int i = 0; i < values.length; i++) {
            statement.setString(i + 1, values[i]);
        }
        return statement;
    }

    private static void named(String name) {
        if (name.isEmpty() || name.length() > NAME_LIMIT) {
            throw new IllegalArgumentException(
                    "kind and id of a document have 1 to " + NAME_LIMIT + " characters, not " + name.length());
        }
    }
}

package ioverlay.observer.history;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Documents as rows of the database. */
final class DocumentTable implements Documents {
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
        database.writeNow(connection -> {
            try (PreparedStatement update =
                            connection.prepareStatement("UPDATE document SET text = ? WHERE kind = ? AND id = ?");
                    PreparedStatement insert =
                            connection.prepareStatement("INSERT INTO document (text, kind, id) VALUES (?, ?, ?)")) {
                return set(update, text, kind, id).executeUpdate() == 1
                        ? 1
                        : set(insert, text, kind, id).executeUpdate();
            }
        });
    }

    @Override
    public Optional<JsonObject> get(String kind, String id) {
        return query("SELECT text FROM document WHERE kind = ? AND id = ?", kind, id).stream()
                .findFirst();
    }

    @Override
    public List<JsonObject> list(String kind) {
        return query("SELECT text FROM document WHERE kind = ? ORDER BY number", kind);
    }

    @Override
    public void remove(String kind, String id) {
        database.writeNow(connection -> {
            try (PreparedStatement delete =
                    connection.prepareStatement("DELETE FROM document WHERE kind = ? AND id = ?")) {
                return set(delete, kind, id).executeUpdate();
            }
        });
    }

    private List<JsonObject> query(String sql, String... values) {
        return database.read(connection -> {
            List<JsonObject> documents = new ArrayList<>();
            try (PreparedStatement select = connection.prepareStatement(sql);
                    ResultSet rows = set(select, values).executeQuery()) {
                while (rows.next()) {
                    documents.add(JsonParser.parseString(rows.getString(1)).getAsJsonObject());
                }
            }
            return documents;
        });
    }

    private static PreparedStatement set(PreparedStatement statement, String... values) throws SQLException {
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

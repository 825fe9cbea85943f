package ioverlay.itest;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import ioverlay.observer.history.Documents;
import ioverlay.observer.history.HistoryException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Documents as files: enough for a process that is killed, and nothing for a machine that is. */
final class FileDocuments implements Documents {
    private final Path folder;

    FileDocuments(Path folder) throws IOException {
        this.folder = Files.createDirectories(folder);
    }

    @Override
    public void put(String kind, String id, JsonObject document) {
        try {
            Path part = Files.writeString(folder.resolve(kind + "-" + id + ".part"), document.toString());
            Files.move(part, folder.resolve(kind + "-" + id + ".json"), StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new HistoryException("cannot be written", e);
        }
    }

    @Override
    public Optional<JsonObject> get(String kind, String id) {
        return Optional.empty();
    }

    @Override
    public List<JsonObject> list(String kind) {
        List<JsonObject> all = new ArrayList<>();
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file :
                    files.filter(one -> one.toString().endsWith(".json")).toList()) {
                all.add(JsonParser.parseString(Files.readString(file)).getAsJsonObject());
            }
        } catch (IOException e) {
            throw new HistoryException("cannot be read", e);
        }
        return all;
    }

    @Override
    public void remove(String kind, String id) {}
}

package ioverlay.cli;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonElement;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** A JSON file that is there whole or not at all: written beside its place and then moved there. */
final class JsonFile {
    private static final Gson GSON =
            new GsonBuilder().setPrettyPrinting().disableHtmlEscaping().create();

    private final Path target;

    private JsonFile(Path target) {
        this.target = target;
    }

    /**
     * Finds out now whether it can be written later.
     *
     * @throws UsageException if not, with the reason; nothing is left behind
     */
    static JsonFile at(Path target) {
        JsonFile file = new JsonFile(target.toAbsolutePath());
        if (Files.isDirectory(target)) {
            throw new UsageException("--json needs a file that can be written; '" + target + "' is a directory");
        }
        try {
            Files.delete(file.beside());
        } catch (IOException e) {
            throw new UsageException("--json needs a file that can be written, not '" + target + "': " + Reason.of(e));
        }
        return file;
    }

    void write(JsonElement content) throws IOException {
        Path temporary = beside();
        try {
            Files.writeString(temporary, GSON.toJson(content) + "\n");
            Files.move(temporary, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(temporary);
        }
    }

    private Path beside() throws IOException {
        Path folder = target.getParent();
        if (folder == null) {
            throw new IOException("it has no folder");
        }
        return Files.createTempFile(folder, ".overlay-", ".json");
    }
}

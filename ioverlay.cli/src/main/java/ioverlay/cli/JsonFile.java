package ioverlay.cli;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonElement;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.UUID;

/**
 * A JSON file that is there whole or not at all: written beside its place and then moved there. What a link names is
 * written where the link points; a pipe or a device is written to and never replaced.
 */
final class JsonFile {
    private static final Gson GSON = new GsonBuilder()
            .setPrettyPrinting()
            .serializeNulls()
            .disableHtmlEscaping()
            .create();

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
        return at(target, "--json");
    }

    /** The same for the file of another option. */
    static JsonFile at(Path target, String option) {
        if (Files.isDirectory(target)) {
            throw new UsageException(option + " needs a file that can be written; '" + target + "' is a directory");
        }
        try {
            JsonFile file = new JsonFile(Files.exists(target) ? target.toRealPath() : target.toAbsolutePath());
            if (!file.isStream()) {
                Files.delete(file.beside());
            }
            return file;
        } catch (IOException e) {
            throw new UsageException(
                    option + " needs a file that can be written, not '" + target + "': " + Reason.of(e));
        }
    }

    /** Whether it is a pipe, a device or the like. */
    private boolean isStream() {
        return Files.exists(target) && !Files.isRegularFile(target);
    }

    /** Removes what an earlier run has left there. */
    void forget() throws IOException {
        if (!isStream()) {
            Files.deleteIfExists(target);
        }
    }

    void write(JsonElement content) throws IOException {
        String text = GSON.toJson(content) + "\n";
        if (isStream()) {
            Files.writeString(target, text, StandardOpenOption.WRITE);
            return;
        }
        Path temporary = beside();
        try {
            Files.writeString(temporary, text);
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
        // Not createTempFile, whose files nobody else may read.
        return Files.createFile(folder.resolve(".overlay-" + UUID.randomUUID() + ".json"));
    }
}

package ioverlay.bench;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonElement;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;

/** A file for a result, looked at before hours are spent on measuring it. */
public final class JsonFile {
    private static final Gson GSON =
            new GsonBuilder().setPrettyPrinting().disableHtmlEscaping().create();

    private final Path target;

    private JsonFile(Path target) {
        this.target = target;
    }

    /**
     * Finds out now whether it can be written later.
     *
     * @throws ParameterException if not
     */
    public static JsonFile at(Path target, CommandLine command) {
        Path file = target.toAbsolutePath();
        Path folder = file.getParent();
        boolean writable = Files.exists(file)
                ? Files.isWritable(file) && !Files.isDirectory(file)
                : folder != null && Files.isDirectory(folder) && Files.isWritable(folder);
        if (!writable) {
            throw new ParameterException(command, "--json needs a file that can be written, not '" + target + "'");
        }
        return new JsonFile(file);
    }

    /** Writes it. */
    public void write(JsonElement content) throws IOException {
        Files.writeString(target, GSON.toJson(content) + "\n");
    }
}

package ioverlay.cli;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/**
 * Where observer and page were the last time, kept in the data directory: who asks for any free port finds them there
 * again, and so do containers and pages that are open.
 */
final class LastAddresses {
    private static final String NAME = "addresses.json";

    private final Path file;
    private final JsonObject last;

    private LastAddresses(Path file, JsonObject last) {
        this.file = file;
        this.last = last;
    }

    /** Those of a data directory. A file that cannot be understood is as good as none. */
    static LastAddresses in(Path directory) {
        Path file = directory.resolve(NAME);
        try {
            return new LastAddresses(
                    file, JsonParser.parseString(Files.readString(file)).getAsJsonObject());
        } catch (IOException | JsonParseException | IllegalStateException e) {
            return new LastAddresses(file, new JsonObject());
        }
    }

    /**
     * What to use: what is asked for, or, where any free port is, the last one if it is free now.
     *
     * @throws FailedException if nothing can listen at what is asked for
     */
    Endpoint prefer(String what, Endpoint wanted, String option) {
        JsonElement text = last.get(what);
        if (wanted.port() == 0 && text != null && text.isJsonPrimitive()) {
            try {
                Endpoint before = Endpoint.parse(text.getAsString());
                if (before.address().equals(wanted.address())) {
                    return FreePort.of(before, option);
                }
            } catch (IllegalArgumentException | FailedException taken) {
                return FreePort.of(wanted, option);
            }
        }
        return FreePort.of(wanted, option);
    }

    /** Writes down what is used now. */
    void keep(Map<String, String> now) throws IOException {
        JsonObject content = new JsonObject();
        now.forEach(content::addProperty);
        JsonFile.at(file, "--data").write(content);
    }
}

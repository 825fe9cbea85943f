package ioverlay.cli;

import static java.nio.file.StandardCopyOption.REPLACE_EXISTING;

import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/**
 * Where observer and page were the last time, kept in the data directory: who asks for any free port finds them there
 * again, and so do containers and pages that are open.
 */
final class LastAddresses {
    private static final Logger LOG = System.getLogger(LastAddresses.class.getName());
    private static final String NAME = "addresses.json";
    private static final int LONGEST_SHOWN = 100;

    private final Path file;
    private final Map<String, Endpoint> last;

    private LastAddresses(Path file, Map<String, Endpoint> last) {
        this.file = file;
        this.last = last;
    }

    /** Those of a data directory. A file that cannot be understood is put aside with a warning, and as good as none. */
    static LastAddresses in(Path directory) {
        Path file = directory.resolve(NAME);
        try {
            return new LastAddresses(file, read(Files.readString(file)));
        } catch (NoSuchFileException e) {
            return new LastAddresses(file, Map.of()); // the first time
        } catch (IOException | IllegalArgumentException e) {
            LOG.log(
                    Level.WARNING,
                    "{0} is left out, and {1}: the addresses of the last time are a JSON object of texts: {2}",
                    file,
                    aside(file),
                    e.getMessage());
            return new LastAddresses(file, Map.of());
        }
    }

    private static Map<String, Endpoint> read(String text) {
        try {
            Map<String, Endpoint> all = new HashMap<>();
            JsonParser.parseString(text)
                    .getAsJsonObject()
                    .asMap()
                    .forEach((what, value) -> all.put(what, Endpoint.parse(value.getAsString())));
            return all;
        } catch (JsonParseException | IllegalStateException | UnsupportedOperationException e) {
            String shown = text.length() <= LONGEST_SHOWN ? text : text.substring(0, LONGEST_SHOWN) + "…";
            throw new IllegalArgumentException("this is none: " + shown, e);
        }
    }

    private static String aside(Path file) {
        try {
            return "lies in " + Files.move(file, file.resolveSibling(NAME + ".broken"), REPLACE_EXISTING);
        } catch (IOException e) {
            return "stays where it is (" + e.getMessage() + ")";
        }
    }

    /**
     * What to use: what is asked for, or, where any free port is, the last one if it is free now.
     *
     * @throws FailedException if nothing can listen at what is asked for
     */
    Endpoint prefer(String what, Endpoint wanted, String option) {
        Endpoint before = last.get(what);
        if (wanted.port() == 0 && before != null && before.address().equals(wanted.address())) {
            try {
                return FreePort.of(before, option);
            } catch (FailedException taken) {
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

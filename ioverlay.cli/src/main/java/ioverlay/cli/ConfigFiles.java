package ioverlay.cli;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import com.google.gson.JsonPrimitive;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Dictionary;
import java.util.Hashtable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.felix.fileinstall.ArtifactInstaller;
import org.osgi.service.cm.Configuration;
import org.osgi.service.cm.ConfigurationAdmin;

/**
 * Makes configurations of the files {@code FACTORY~NAME.cfg.json} that fileinstall finds: one JSON object each, whose
 * members are the properties. Texts, numbers and truth values stay what they are, a list becomes an array of texts, anything
 * deeper JSON text.
 *
 * <p><b>Threads:</b> that of fileinstall.
 */
final class ConfigFiles implements ArtifactInstaller {
    private static final System.Logger LOG = System.getLogger(ConfigFiles.class.getName());
    private static final String SUFFIX = ".cfg.json";
    private static final Pattern NAME = Pattern.compile("([^~]+)~(.+)" + Pattern.quote(SUFFIX));

    private final ConfigurationAdmin admin;

    ConfigFiles(ConfigurationAdmin admin) {
        this.admin = admin;
    }

    @Override
    public boolean canHandle(File file) {
        return file.getName().endsWith(SUFFIX); // also one of another form, so that whoever wrote it is told
    }

    @Override
    public void install(File file) {
        try {
            configuration(file).update(properties(Files.readString(file.toPath()), file.getName()));
        } catch (IOException | IllegalArgumentException e) {
            // Whoever wrote the file is told; what it configured before stays, and the next change is read again.
            LOG.log(System.Logger.Level.WARNING, "{0} is not read: {1}", file, Reason.text(e));
        }
    }

    @Override
    public void update(File file) {
        install(file);
    }

    @Override
    public void uninstall(File file) throws IOException {
        if (NAME.matcher(file.getName()).matches()) {
            configuration(file).delete();
        }
    }

    private Configuration configuration(File file) throws IOException {
        Matcher name = NAME.matcher(file.getName());
        if (!name.matches()) {
            throw new IllegalArgumentException(
                    "a configuration's file is FACTORY~NAME.cfg.json, not " + file.getName());
        }
        return admin.getFactoryConfiguration(name.group(1), name.group(2), "?");
    }

    /**
     * The properties that a file holds.
     *
     * @throws IllegalArgumentException if it is not one JSON object; the sentence names the file
     */
    @SuppressWarnings("JdkObsolete") // what ConfigurationAdmin takes
    static Dictionary<String, Object> properties(String text, String file) {
        Dictionary<String, Object> properties = new Hashtable<>();
        object(text, file).entrySet().forEach(entry -> properties.put(entry.getKey(), value(entry.getValue())));
        return properties;
    }

    private static JsonObject object(String text, String file) {
        try {
            return JsonParser.parseString(text).getAsJsonObject();
        } catch (JsonParseException | IllegalStateException e) {
            throw new IllegalArgumentException("a configuration is one JSON object; " + file + " is not", e);
        }
    }

    private static Object value(JsonElement element) {
        if (element.isJsonArray()) {
            return element.getAsJsonArray().asList().stream()
                    .map(one -> value(one).toString())
                    .toArray(String[]::new);
        }
        if (!(element instanceof JsonPrimitive primitive)) {
            return element.toString();
        }
        if (primitive.isBoolean()) {
            return primitive.getAsBoolean();
        }
        return primitive.isNumber() ? number(primitive) : primitive.getAsString();
    }

    private static Object number(JsonPrimitive primitive) {
        try {
            return Long.valueOf(primitive.getAsString());
        } catch (NumberFormatException e) {
            return primitive.getAsDouble(); // not whole
        }
    }
}

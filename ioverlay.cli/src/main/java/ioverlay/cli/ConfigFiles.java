package ioverlay.cli;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import com.google.gson.JsonPrimitive;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Collections;
import java.util.Dictionary;
import java.util.Hashtable;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.felix.fileinstall.ArtifactInstaller;
import org.osgi.service.cm.Configuration;
import org.osgi.service.cm.ConfigurationAdmin;
import org.osgi.service.cm.ConfigurationEvent;
import org.osgi.service.cm.SynchronousConfigurationListener;

/**
 * Makes configurations of the files {@code FACTORY~NAME.cfg.json} that fileinstall finds: one JSON object each, whose
 * members are the properties. Texts, numbers and truth values stay what they are, a list becomes an array of texts, anything
 * deeper JSON text. What changes such a configuration otherwise, as the shell does, is written into its file: else it would
 * be gone with the next start.
 *
 * <p><b>Threads:</b> that of fileinstall; {@link #configurationEvent}: who changes a configuration.
 */
final class ConfigFiles implements ArtifactInstaller, SynchronousConfigurationListener {
    private static final System.Logger LOG = System.getLogger(ConfigFiles.class.getName());
    private static final String SUFFIX = ".cfg.json";
    private static final Gson PRETTY =
            new GsonBuilder().setPrettyPrinting().disableHtmlEscaping().create();
    private static final Pattern NAME = Pattern.compile("([^~]+)~(.+)" + Pattern.quote(SUFFIX));

    private final ConfigurationAdmin admin;

    /** The file of each configuration, by PID. */
    private final Map<String, Path> files = new ConcurrentHashMap<>();

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
            Dictionary<String, Object> properties = properties(Files.readString(file.toPath()), file.getName());
            Configuration configuration = configuration(file);
            files.put(configuration.getPid(), file.toPath());
            if (configuration.getProperties() == null) {
                configuration.update(properties);
            } else {
                configuration.updateIfDifferent(properties);
            }
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
            Configuration configuration = configuration(file);
            files.remove(configuration.getPid());
            configuration.delete();
        }
    }

    @Override
    public void configurationEvent(ConfigurationEvent event) {
        Path file = files.get(event.getPid());
        if (file == null || event.getType() != ConfigurationEvent.CM_UPDATED) {
            return;
        }
        try {
            String factory = String.valueOf(event.getFactoryPid());
            String name = event.getPid().substring(factory.length() + 1);
            Configuration configuration = admin.getFactoryConfiguration(factory, name, "?");
            Dictionary<String, Object> properties = configuration.getProperties();
            if (properties != null) { // else it has just been deleted
                write(properties, file);
            }
        } catch (IOException | IllegalStateException e) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    "{0} is not written, so that the configuration lasts until this container ends: {1}",
                    file,
                    Reason.text(e));
        }
    }

    /** Writes what is not in the file already; whoever reads it meanwhile sees the old or the new contents. */
    private static void write(Dictionary<String, Object> properties, Path file) throws IOException {
        JsonObject wanted = json(properties);
        if (wanted.equals(json(properties(Files.readString(file), file.toString())))) {
            return;
        }
        Path real = file.toRealPath();
        Path beside = real.resolveSibling("." + real.getFileName() + ".new");
        Files.copy(real, beside, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.COPY_ATTRIBUTES);
        Files.writeString(beside, PRETTY.toJson(wanted) + "\n");
        Files.move(beside, real, StandardCopyOption.ATOMIC_MOVE);
    }

    private static JsonObject json(Dictionary<String, Object> properties) {
        JsonObject json = new JsonObject();
        Collections.list(properties.keys()).stream()
                .filter(key -> !key.contains(".")) // those belong to ConfigAdmin and others
                .sorted()
                .forEach(key -> json.add(key, PRETTY.toJsonTree(properties.get(key))));
        return json;
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

package ioverlay.observer.fleet;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Up to which event each container was heard, over a restart of the observer if there is a file. What happened within the
 * last second before a kill may be heard twice.
 *
 * <p><b>Threads:</b> any.
 */
final class EventMarks implements AutoCloseable {
    /** The most containers that are remembered; the oldest is forgotten. */
    static final int MOST = 1000;

    private static final Logger LOG = System.getLogger(EventMarks.class.getName());

    private final Optional<Path> file;
    private final Map<String, Long> last = new LinkedHashMap<>();
    private boolean changed;

    EventMarks(Optional<Path> file) {
        this.file = file;
        file.filter(Files::exists).ifPresent(this::read);
    }

    private void read(Path from) {
        try {
            JsonObject json = JsonParser.parseString(Files.readString(from)).getAsJsonObject();
            for (Map.Entry<String, JsonElement> mark : json.entrySet()) {
                last.put(mark.getKey(), mark.getValue().getAsLong());
            }
        } catch (IOException | RuntimeException e) {
            // A file that is broken costs events that are heard twice.
            LOG.log(Level.WARNING, "events may be heard twice: {0} cannot be read: {1}", from, e.getMessage());
        }
    }

    synchronized long last(String home) {
        return last.getOrDefault(home, 0L);
    }

    /** Whether this event was not heard before; it then counts as heard. */
    synchronized boolean isNew(String home, long number) {
        if (number <= last(home)) {
            return false;
        }
        last.remove(home); // so that the latest is at the end
        last.put(home, number);
        if (last.size() > MOST) {
            last.remove(last.keySet().iterator().next());
        }
        changed = true;
        return true;
    }

    /** Writes down what changed. */
    synchronized void save() {
        if (!changed || file.isEmpty()) {
            return;
        }
        changed = false;
        JsonObject json = new JsonObject();
        last.forEach(json::addProperty);
        Path to = file.get();
        try {
            Path fresh = to.resolveSibling(to.getFileName() + ".new");
            Files.writeString(fresh, json.toString());
            Files.move(fresh, to, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            LOG.log(Level.WARNING, "events may be heard twice after a restart: {0}", e.getMessage());
        }
    }

    /** Writes down what changed. */
    @Override
    public void close() {
        save();
    }
}

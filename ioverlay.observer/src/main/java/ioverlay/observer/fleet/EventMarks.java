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
 * Up to which event each container was heard, over a restart of the observer if there is a file. The file says only what
 * all who listen were told a moment ago: what happened within the last seconds before a kill may be heard twice, and is not
 * lost.
 *
 * <p><b>Threads:</b> any.
 */
final class EventMarks implements AutoCloseable {
    /** The most containers that are remembered; the oldest is forgotten. */
    static final int MOST = 1000;

    private static final Logger LOG = System.getLogger(EventMarks.class.getName());

    private final Optional<Path> file;
    private final Map<String, Mark> marks = new LinkedHashMap<>();

    /** What the next save writes: what was told when the last one came. */
    private String settled = "";

    private String written = "";
    private boolean closed;

    /**
     * Of one container.
     *
     * @param heard the last event that came
     * @param told the last that all who listen were told
     */
    private record Mark(long heard, long told) {}

    EventMarks(Optional<Path> file) {
        this.file = file;
        file.filter(Files::exists).ifPresent(this::read);
        settled = text();
        written = settled;
    }

    private void read(Path from) {
        try {
            JsonObject json = JsonParser.parseString(Files.readString(from)).getAsJsonObject();
            for (Map.Entry<String, JsonElement> mark : json.entrySet()) {
                long number = mark.getValue().getAsLong();
                marks.put(mark.getKey(), new Mark(number, number));
            }
        } catch (IOException | RuntimeException e) {
            // A file that is broken costs events that are heard twice.
            LOG.log(Level.WARNING, "events may be heard twice: {0} cannot be read: {1}", from, e.getMessage());
        }
    }

    synchronized long last(String home) {
        return mark(home).heard();
    }

    private Mark mark(String home) {
        return marks.getOrDefault(home, new Mark(0, 0));
    }

    /** Whether this event was not heard before; it then counts as heard, in this run of the observer. */
    synchronized boolean isNew(String home, long number) {
        Mark before = mark(home);
        if (number <= before.heard()) {
            return false;
        }
        marks.remove(home); // so that the latest is at the end
        marks.put(home, new Mark(number, before.told()));
        if (marks.size() > MOST) {
            marks.remove(marks.keySet().iterator().next());
        }
        return true;
    }

    /** All who listen were told of this event, and of those before: it need not be said again to the next observer. */
    synchronized void told(String home, long number) {
        marks.computeIfPresent(home, (same, mark) -> new Mark(mark.heard(), Math.max(mark.told(), number)));
    }

    private String text() {
        JsonObject json = new JsonObject();
        marks.forEach((home, mark) -> json.addProperty(home, mark.told()));
        return json.toString();
    }

    /**
     * Writes down what was told when this was called last: who was told has had so long to keep it. To be called about once a
     * second.
     */
    synchronized void save() {
        if (!closed) {
            write(settled);
            settled = text();
        }
    }

    private void write(String text) {
        if (file.isEmpty() || text.equals(written)) {
            return;
        }
        Path to = file.get();
        try {
            Path fresh = to.resolveSibling(to.getFileName() + ".new");
            Files.writeString(fresh, text);
            Files.move(fresh, to, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            written = text;
        } catch (IOException e) {
            LOG.log(Level.WARNING, "events may be heard twice after a restart: {0}", e.getMessage());
        }
    }

    /** Writes down all that was told: whoever was told is closed in good order. */
    @Override
    public synchronized void close() {
        if (!closed) {
            closed = true;
            write(text());
        }
    }
}

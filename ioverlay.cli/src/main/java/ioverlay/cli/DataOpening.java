package ioverlay.cli;

import com.google.gson.JsonElement;
import com.google.gson.JsonPrimitive;
import ioverlay.api.container.Event;
import ioverlay.api.container.Events;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Dictionary;
import java.util.Hashtable;
import java.util.Optional;
import org.osgi.service.cm.ConfigurationAdmin;

/**
 * Gives the container its data directory and waits until it is open: what is in it comes back before files make nodes.
 *
 * <p><b>Threads:</b> one.
 */
final class DataOpening implements Up.Opening {
    private static final String PID = "ioverlay.data";

    /** Bundles and nodes that come back take their time, and a full disk too. */
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private static final Duration LOOK_EVERY = Duration.ofMillis(20);

    private final Services services;
    private final Ticker ticker;

    DataOpening(Services services, Ticker ticker) {
        this.services = services;
        this.ticker = ticker;
    }

    /**
     * Opens it.
     *
     * @throws FailedException if another container has it, or this one refuses; with a sentence
     */
    @Override
    @SuppressWarnings("JdkObsolete") // what ConfigurationAdmin takes
    public void open(Path directory, Events events) throws IOException, InterruptedException {
        DataDirectory.expectFree(directory);
        Dictionary<String, Object> properties = new Hashtable<>();
        properties.put("directory", directory.toString());
        services.one(ConfigurationAdmin.class).getConfiguration(PID, "?").update(properties);
        await(directory, events, ticker);
    }

    /** Waits for the container's answer. */
    static void await(Path directory, Events events, Ticker ticker) throws InterruptedException {
        long began = ticker.now();
        Optional<Event> answer = answer(directory, events);
        while (answer.isEmpty() && ticker.now() - began < PATIENCE.toNanos()) {
            ticker.pause(LOOK_EVERY);
            answer = answer(directory, events);
        }
        Event said = answer.orElseThrow(() -> new FailedException(
                "The container does not open " + directory + ": no answer within " + PATIENCE.toSeconds() + " s"));
        if (said.kind().equals("data.refused")) {
            throw new FailedException(said.sentence());
        }
    }

    private static Optional<Event> answer(Path directory, Events events) {
        return events.recent().stream()
                .filter(event ->
                        event.kind().equals("data.opened") || event.kind().equals("data.refused"))
                .filter(event -> directory.toString().equals(text(event.detail().get("directory"))))
                .findFirst();
    }

    private static String text(JsonElement value) {
        return value instanceof JsonPrimitive text ? text.getAsString() : "";
    }
}

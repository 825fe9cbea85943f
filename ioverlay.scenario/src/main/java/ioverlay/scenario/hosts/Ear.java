package ioverlay.scenario.hosts;

import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import ioverlay.scenario.run.Steering.Heard;
import ioverlay.scenario.run.Steering.Listening;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Iterator;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Hears what an observer tells of happenings (server-sent events), on a thread of its own; where the stream breaks it goes on
 * behind the last that was heard.
 */
final class Ear implements Listening {
    private static final Logger LOG = System.getLogger(Ear.class.getName());
    private static final long AGAIN_MS = 500;
    private static final long OPEN_LIMIT_S = 5;

    private final ObserverClient client;
    private final Function<String, Optional<String>> names;
    private final Consumer<Heard> listener;
    private final CountDownLatch open = new CountDownLatch(1);
    private final Thread thread;
    private String last = "";

    /**
     * Listens.
     *
     * @param names of the run's nodes by their id; of others nothing is heard
     * @param broke gets a sentence if it cannot go on
     */
    Ear(
            ObserverClient client,
            Function<String, Optional<String>> names,
            Consumer<Heard> listener,
            Consumer<String> broke)
            throws InterruptedException {
        this.client = client;
        this.names = names;
        this.listener = listener;
        thread = Thread.ofVirtual()
                .name("scenario-events")
                .uncaughtExceptionHandler((own, e) -> broke.accept("what happens is not heard any more: " + e))
                .start(this::listen);
        if (!open.await(OPEN_LIMIT_S, TimeUnit.SECONDS)) {
            LOG.log(Level.WARNING, "what happens is not heard: the observer has not answered yet");
        }
    }

    private void listen() {
        try {
            while (!Thread.currentThread().isInterrupted()) {
                try (Stream<String> lines = client.events(last)) {
                    open.countDown();
                    read(lines.iterator());
                } catch (IOException | UncheckedIOException e) {
                    LOG.log(Level.DEBUG, "the stream of events broke: {0}", e.getMessage());
                }
                TimeUnit.MILLISECONDS.sleep(AGAIN_MS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void read(Iterator<String> lines) {
        String event = "";
        while (lines.hasNext()) {
            String line = lines.next();
            if (line.startsWith("event:")) {
                event = line.substring(6).strip();
            } else if (line.startsWith("id:")) {
                last = line.substring(3).strip();
            } else if (line.startsWith("data:") && event.equals("log")) {
                tell(line.substring(5));
            } else if (line.isEmpty()) {
                event = "";
            }
        }
    }

    private void tell(String data) {
        try {
            JsonObject happening = JsonParser.parseString(data).getAsJsonObject();
            String kind = happening.get("kind").getAsString();
            // Commands are the time line's own.
            if (!kind.equals("command")) {
                names.apply(happening.get("node").getAsString())
                        .ifPresent(name -> listener.accept(
                                new Heard(kind, name, happening.get("sentence").getAsString())));
            }
        } catch (JsonParseException | IllegalStateException | NullPointerException e) {
            LOG.log(Level.DEBUG, "no happening: {0}", data);
        }
    }

    @Override
    public void close() {
        thread.interrupt();
    }
}

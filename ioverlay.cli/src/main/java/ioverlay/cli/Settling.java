package ioverlay.cli;

import com.google.gson.JsonElement;
import com.google.gson.JsonPrimitive;
import ioverlay.api.container.Event;
import ioverlay.api.container.Events;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Waits until the container has said of each file what became of it.
 *
 * <p><b>Threads:</b> one.
 */
final class Settling {
    /** How long the configured nodes may take. */
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private static final Duration LOOK_EVERY = Duration.ofMillis(50);

    private final Events events;
    private final Ticker ticker;
    private final Set<String> made = new HashSet<>();
    private final Map<String, String> refused = new TreeMap<>();

    Settling(Events events, Ticker ticker) {
        this.events = events;
        this.ticker = ticker;
    }

    /**
     * Returns when all are made or refused, or what is missing has not come for 5 s.
     *
     * @throws UsageException if a file is refused: a sentence for each
     */
    void await(List<NodeFile> files) throws InterruptedException {
        long began = ticker.now();
        look();
        while (!settled(files) && ticker.now() - began < PATIENCE.toNanos()) {
            ticker.pause(LOOK_EVERY);
            look();
        }
        List<String> sentences = files.stream()
                .filter(file -> refused.containsKey(file.pid()))
                .map(file -> file.file() + ": " + refused.get(file.pid()))
                .toList();
        if (!sentences.isEmpty()) {
            throw new UsageException(String.join(System.lineSeparator(), sentences));
        }
    }

    private boolean settled(List<NodeFile> files) {
        return files.stream().allMatch(file -> made.contains(file.pid()) || refused.containsKey(file.pid()));
    }

    private void look() {
        for (Event event : events.recent()) {
            switch (event.kind()) {
                case "node.configured" -> made.add(pid(event));
                case "node.refused" -> refused.putIfAbsent(pid(event), event.sentence());
                default -> {} // not about a configuration
            }
        }
    }

    private static String pid(Event event) {
        JsonElement pid = event.detail().get("pid");
        return pid instanceof JsonPrimitive text ? text.getAsString() : "";
    }
}

package ioverlay.cli;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import ioverlay.api.NodeId;
import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/** Which nodes an observer knows, as its page does: by asking for {@code /api/nodes}. */
final class Roll {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Duration LOOK_EVERY = Duration.ofMillis(50);
    private static final int ANSWER_MS = 5000;

    private final URI page;
    private final Ticker ticker;

    Roll(URI page, Ticker ticker) {
        this.page = page;
        this.ticker = ticker;
    }

    /**
     * Returns when all of them are registered and live, and their first status is there.
     *
     * @throws FailedException if one is not in time
     */
    void await(List<NodeId> nodes) throws InterruptedException {
        if (nodes.isEmpty()) {
            return;
        }
        long began = ticker.now();
        Set<String> missing = missing(nodes);
        while (!missing.isEmpty()) {
            if (ticker.now() - began > PATIENCE.toNanos()) {
                throw new FailedException("The observer does not know of " + missing.size() + " of " + nodes.size()
                        + " nodes after " + PATIENCE.toSeconds() + " s, for example "
                        + missing.iterator().next());
            }
            ticker.pause(LOOK_EVERY);
            missing = missing(nodes);
        }
    }

    private Set<String> missing(List<NodeId> nodes) {
        Set<String> missing = new HashSet<>();
        nodes.forEach(node -> missing.add(node.toString()));
        missing.removeAll(live());
        return missing;
    }

    private Set<String> live() {
        Set<String> live = new HashSet<>();
        try {
            HttpURLConnection connection =
                    (HttpURLConnection) page.resolve("api/nodes").toURL().openConnection();
            connection.setConnectTimeout(ANSWER_MS);
            connection.setReadTimeout(ANSWER_MS);
            try (InputStream body = connection.getInputStream()) {
                String text = new String(body.readAllBytes(), StandardCharsets.UTF_8);
                for (JsonElement node :
                        JsonParser.parseString(text).getAsJsonObject().getAsJsonArray("nodes")) {
                    if (isShown(node.getAsJsonObject())) {
                        live.add(node.getAsJsonObject().get("id").getAsString());
                    }
                }
            }
        } catch (IOException | JsonParseException | IllegalStateException e) {
            System.getLogger(Roll.class.getName())
                    .log(System.Logger.Level.DEBUG, "the observer''s nodes cannot be read: {0}", Reason.text(e));
        }
        return live;
    }

    /** It is live, and has said since it came what it does and where it is. */
    private static boolean isShown(JsonObject node) {
        return node.get("state").getAsString().equals("live") && !Objects.equals(node.get("seen"), node.get("since"));
    }
}

package ioverlay.algo.relay;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import ioverlay.api.Engine;
import ioverlay.api.Message;
import ioverlay.api.NodeId;
import ioverlay.api.Place;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.random.RandomGenerator;

/** A place that records what is sent, and whose clock the test sets. */
final class FakePlace implements Place {
    static final NodeId SELF = NodeId.parse("127.0.0.1:7001");

    /** A message and where it was sent, in order. */
    record Sent(Message message, List<NodeId> destinations) {}

    private final NodeId self;
    private final JsonObject settings;
    final List<Sent> sent = new ArrayList<>();
    long now;

    /** The settings as JSON, with single quotes. */
    FakePlace(String settings) {
        this(SELF, settings);
    }

    /** The same at another node. */
    FakePlace(NodeId self, String settings) {
        this.self = self;
        this.settings = json(settings);
    }

    static JsonObject json(String text) {
        return JsonParser.parseString(text.replace('\'', '"')).getAsJsonObject();
    }

    @Override
    public Engine engine() {
        return (message, destinations) -> sent.add(new Sent(message, List.of(destinations)));
    }

    @Override
    public NodeId self() {
        return self;
    }

    @Override
    public int application() {
        return 7;
    }

    @Override
    public JsonObject settings() {
        return settings.deepCopy();
    }

    @Override
    public long now() {
        return now;
    }

    @Override
    public RandomGenerator random() {
        return new Random(1);
    }

    @Override
    public List<Message> held() {
        return List.of();
    }
}

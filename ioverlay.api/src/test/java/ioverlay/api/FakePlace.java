package ioverlay.api;

import com.google.gson.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.random.RandomGenerator;

/** A place that records what is sent. */
final class FakePlace implements Place {
    /** A message and where it was sent, in order. */
    record Sent(Message message, List<NodeId> destinations) {}

    private final NodeId self;
    private final RandomGenerator random;
    final List<Sent> sent = new ArrayList<>();

    FakePlace(NodeId self) {
        this.self = self;
        random = new Random(self.hashCode());
    }

    Message lastSent() {
        return sent.getLast().message();
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
        return new JsonObject();
    }

    @Override
    public long now() {
        return 42;
    }

    @Override
    public RandomGenerator random() {
        return random;
    }

    @Override
    public List<Message> held() {
        return List.of();
    }
}

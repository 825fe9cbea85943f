package ioverlay.app;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import ioverlay.api.NodeId;
import ioverlay.api.Session;
import java.util.Random;
import java.util.random.RandomGenerator;

/** A session whose clock the test sets. */
public final class FakeSession implements Session {
    public static final NodeId SELF = NodeId.parse("127.0.0.1:7001");

    private final JsonObject settings;
    private final RandomGenerator random = new Random(1);
    public long now;

    /** The settings as JSON, with single quotes. */
    public FakeSession(String settings) {
        this.settings = JsonParser.parseString(settings.replace('\'', '"')).getAsJsonObject();
    }

    public FakeSession(JsonObject settings) {
        this.settings = settings;
    }

    @Override
    public NodeId self() {
        return SELF;
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
        return random;
    }
}

package ioverlay.engine;

import com.google.gson.JsonObject;
import ioverlay.api.NodeId;
import ioverlay.api.Session;
import ioverlay.io.shared.SplitMix;
import java.util.random.RandomGenerator;

/** An application's session; its thread sets the time once per round. */
final class SeatSession implements Session {
    private final Switch node;
    private final int application;
    private final JsonObject settings;
    private final SplitMix random;
    private long nowNs;

    SeatSession(Switch node, int application, JsonObject settings) {
        this.node = node;
        this.application = application;
        this.settings = settings.deepCopy();
        this.random = SplitMix.of(~node.config().seed(), application);
    }

    void tick() {
        nowNs = node.elapsedNs();
    }

    @Override
    public NodeId self() {
        return node.self();
    }

    @Override
    public int application() {
        return application;
    }

    @Override
    public JsonObject settings() {
        return settings.deepCopy();
    }

    @Override
    public long now() {
        return nowNs;
    }

    @Override
    public RandomGenerator random() {
        return random;
    }
}

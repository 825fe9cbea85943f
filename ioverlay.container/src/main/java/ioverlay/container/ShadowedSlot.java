package ioverlay.container;

import com.google.gson.JsonObject;
import ioverlay.api.NodeId;
import ioverlay.container.shadow.Subject;
import ioverlay.engine.Tap;
import ioverlay.engine.Tapped;
import java.util.concurrent.TimeUnit;

/** A live slot, as a shadow run sees it. */
final class ShadowedSlot implements Subject {
    private final Directory directory;
    private final LiveNode node;
    private final LiveSlot slot;

    ShadowedSlot(Directory directory, LiveNode node, LiveSlot slot) {
        this.directory = directory;
        this.node = node;
        this.slot = slot;
    }

    @Override
    public String node() {
        return node.name();
    }

    @Override
    public NodeId self() {
        return node.node().id();
    }

    @Override
    public int application() {
        return slot.application();
    }

    @Override
    public JsonObject settings() {
        return slot.settings();
    }

    @Override
    public long now() {
        return TimeUnit.MILLISECONDS.toNanos(node.node().status().upMillis());
    }

    @Override
    public Tapped tap(Tap tap) {
        return node.node().tap(application(), tap);
    }

    @Override
    public void untap(Tap tap) {
        node.node().untap(application(), tap);
    }

    @Override
    public boolean isThere() {
        return directory.find(node.name()).filter(node::equals).isPresent();
    }
}

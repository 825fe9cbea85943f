package ioverlay.container.shadow;

import com.google.gson.JsonObject;
import ioverlay.api.Engine;
import ioverlay.api.Message;
import ioverlay.api.NodeId;
import ioverlay.api.Place;
import java.util.List;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/**
 * The place of a shadow: everything as in the slot, but what it sends is only staged.
 *
 * <p><b>Threads:</b> the shadow's.
 */
final class ShadowPlace implements Place, Engine {
    private final Subject subject;
    private final NodeId self;
    private final Staged staged;
    private final Held held;
    private long now;

    /** Before the slot's generator is taken over, chance is of no account: the slot's goes on as if nothing was drawn. */
    private RandomGenerator source = new SplittableRandom(0);

    /** As the slot's own: only this method is the generator's, all others follow from it. */
    private final RandomGenerator random = () -> source.nextLong();

    private boolean holds;

    ShadowPlace(Subject subject, Staged staged, Held held) {
        this.subject = subject;
        this.self = subject.self();
        this.staged = staged;
        this.held = held;
        this.now = subject.now();
    }

    /** The slot's generator as it was when its calls began to be seen. */
    void random(RandomGenerator copy) {
        source = copy;
    }

    /** From now on it sees what it holds. */
    void showHeld() {
        holds = true;
    }

    void now(long nowNs) {
        now = nowNs;
    }

    @Override
    public void send(Message message, NodeId... destinations) {
        staged.stage(message, destinations);
    }

    @Override
    public Engine engine() {
        return this;
    }

    @Override
    public NodeId self() {
        return self;
    }

    @Override
    public int application() {
        return subject.application();
    }

    @Override
    public JsonObject settings() {
        return subject.settings();
    }

    @Override
    public long now() {
        return now;
    }

    @Override
    public RandomGenerator random() {
        return random;
    }

    @Override
    public List<Message> held() {
        return holds ? held.all() : List.of(); // nothing before it has taken over, as in the engine
    }
}

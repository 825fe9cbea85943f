package ioverlay.engine;

import com.google.gson.JsonObject;
import ioverlay.api.Engine;
import ioverlay.api.Message;
import ioverlay.api.NodeId;
import ioverlay.api.Place;
import ioverlay.api.State;
import ioverlay.api.WrittenBy;
import ioverlay.io.message.Call;
import ioverlay.io.shared.SplitMix;
import java.util.List;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/**
 * The place of one occupant: its engine, its time, its randomness. Before it serves, what it sends is kept for later.
 *
 * <p><b>Threads:</b> until it serves, the one that prepares it; then the turn.
 */
final class SlotPlace implements Place, Engine {
    private final Occupant occupant;
    private final Switch node;
    private final int application;
    private final SplitMix random;

    /** What {@code begin} wanted to send; it goes when the candidate serves. */
    private final Call beginning = new Call();

    /** What {@code restore} wanted to send; only the final one's goes. */
    private final Call restoring = new Call();

    /** Where sends go now: one of the two above, then the turn's. */
    private Supplier<Call> call = () -> beginning;

    private boolean serving;

    SlotPlace(Occupant occupant, Switch node, int application, long seed) {
        this.occupant = occupant;
        this.node = node;
        this.application = application;
        this.random = SplitMix.of(seed, application);
    }

    void begin() throws Exception {
        beginning.open();
        try {
            occupant.instance().begin(this);
            occupant.instance().check();
        } finally {
            beginning.close();
        }
    }

    /** Gives it state; what an earlier restore wanted to send is forgotten. */
    void restore(State state, WrittenBy writtenBy) throws Exception {
        restoring.clear();
        call = () -> restoring;
        restoring.open();
        try {
            occupant.instance().restore(state, writtenBy);
        } finally {
            restoring.close();
        }
    }

    /** A restore has failed, and it serves all the same: what that wanted to send is forgotten. */
    void forgetRestore() {
        restoring.clear();
    }

    List<Call> prelude() {
        return List.of(beginning, restoring);
    }

    /** From now on its sends are staged in the turn's call. */
    void serve(Supplier<Call> turnCall) {
        call = turnCall;
        serving = true;
    }

    SplitMix generator() {
        return random;
    }

    @Override
    public void send(Message message, NodeId... destinations) {
        Call into = call.get();
        Call.check(message, node.self(), destinations);
        into.stage(message, destinations);
    }

    @Override
    public Engine engine() {
        return this;
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
        return occupant.settings().deepCopy();
    }

    @Override
    public long now() {
        return serving ? node.now() : node.elapsedNs();
    }

    @Override
    public RandomGenerator random() {
        return random;
    }

    @Override
    public List<Message> held() {
        return node.turn().isMine() ? node.slots().held(application) : List.of(); // a rehearsal holds nothing
    }
}

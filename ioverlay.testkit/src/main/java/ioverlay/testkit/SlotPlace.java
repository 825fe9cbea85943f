package ioverlay.testkit;

import com.google.gson.JsonObject;
import ioverlay.api.Algorithm;
import ioverlay.api.Engine;
import ioverlay.api.Message;
import ioverlay.api.MessageType;
import ioverlay.api.NodeId;
import ioverlay.api.Place;
import ioverlay.api.State;
import ioverlay.api.WrittenBy;
import java.util.List;
import java.util.random.RandomGenerator;

/** The place of one algorithm. Before it serves, what it sends is kept for later, as at a real node. */
final class SlotPlace implements Place, Engine {
    private final Switch node;
    private final JsonObject settings;
    private final SplitMix random;

    /** What {@code begin} wanted to send; it goes when the algorithm serves. */
    private final StagedCall beginning = new StagedCall();

    /** What {@code restore} wanted to send; only the final one's goes. */
    private final StagedCall restoring = new StagedCall();

    private StagedCall call = beginning;
    private boolean sharesHeld;

    SlotPlace(Switch node, JsonObject settings, long seed) {
        this.node = node;
        this.settings = settings;
        this.random = new SplitMix(seed, node.application());
    }

    void begin(Algorithm algorithm) throws Exception {
        beginning.open();
        try {
            algorithm.begin(this);
            algorithm.check();
        } finally {
            beginning.close();
        }
    }

    /** Gives it state; what an earlier restore wanted to send is forgotten. */
    void restore(Algorithm algorithm, State state, WrittenBy writtenBy) throws Exception {
        restoring.clear();
        call = restoring;
        restoring.open();
        try {
            algorithm.restore(state, writtenBy);
        } finally {
            restoring.close();
        }
    }

    /** From now on it sees what the slot holds. */
    void shareHeld(boolean share) {
        sharesHeld = share;
    }

    /** From now on its sends are staged in the node's calls. */
    void serve(StagedCall calls) {
        call = calls;
        sharesHeld = true;
    }

    List<StagedCall> prelude() {
        return List.of(beginning, restoring);
    }

    SplitMix generator() {
        return random;
    }

    @Override
    public void send(Message message, NodeId... destinations) {
        if (MessageType.isEngine(message.type())) {
            for (NodeId destination : destinations) {
                if (!destination.equals(self())) {
                    throw new IllegalArgumentException("an engine type goes to the node itself only, not type 0x"
                            + Integer.toHexString(message.type()) + " to " + destination);
                }
            }
        }
        call.stage(message, destinations);
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
        return node.application();
    }

    @Override
    public JsonObject settings() {
        return settings.deepCopy();
    }

    @Override
    public long now() {
        return node.now();
    }

    @Override
    public RandomGenerator random() {
        return random;
    }

    @Override
    public List<Message> held() {
        return sharesHeld ? node.held() : List.of(); // a rehearsal holds nothing
    }
}

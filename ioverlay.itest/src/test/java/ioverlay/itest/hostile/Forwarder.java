package ioverlay.itest.hostile;

import com.google.gson.JsonObject;
import ioverlay.api.BasicAlgorithm;
import ioverlay.api.Carried;
import ioverlay.api.Disposition;
import ioverlay.api.Header;
import ioverlay.api.Message;
import ioverlay.api.MessageType;
import ioverlay.api.NodeId;
import ioverlay.api.Place;
import ioverlay.api.State;
import ioverlay.api.WrittenBy;
import java.util.ArrayList;
import java.util.List;

/** Does what the relay does, and takes over its state and gives it back; then its descendants strike. */
public class Forwarder extends BasicAlgorithm {
    @Carried
    private long messages;

    @Carried
    private long bytes;

    @Carried
    private JsonObject settings = new JsonObject();

    /** What it does instead of its work, so that no compiler leaves it out. */
    protected long work;

    private NodeId[] destinations = {};
    private long seen;

    @Override
    public void begin(Place place) {
        super.begin(place);
        configure(place.settings());
    }

    private void configure(JsonObject wanted) {
        settings = wanted;
        List<NodeId> all = new ArrayList<>();
        if (wanted.has("next")) {
            wanted.getAsJsonArray("next").forEach(hop -> all.add(NodeId.parse(hop.getAsString())));
        }
        if (!wanted.has("deliver") || wanted.get("deliver").getAsBoolean()) {
            all.add(self());
        }
        destinations = all.toArray(NodeId[]::new);
    }

    @Override
    public void restore(State state, WrittenBy writtenBy) throws Exception {
        super.restore(state, writtenBy);
        configure(settings);
    }

    @Override
    public Disposition process(Message message) {
        if (MessageType.isControl(message.type())) {
            return super.process(message);
        }
        seen++;
        messages++;
        bytes += Header.BYTES + message.payloadSize();
        strike(seen);
        send(message, destinations);
        return Disposition.DONE;
    }

    @Override
    public JsonObject status() {
        JsonObject status = new JsonObject();
        status.addProperty("messages", messages);
        status.addProperty("bytes", bytes);
        status.addProperty("work", work);
        return status;
    }

    /**
     * What a hostile one does before it sends.
     *
     * @param nth data message that this instance sees, from 1
     */
    protected void strike(long nth) {}
}

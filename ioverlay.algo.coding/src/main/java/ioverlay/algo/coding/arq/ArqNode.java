package ioverlay.algo.coding.arq;

import com.google.gson.JsonObject;
import ioverlay.algo.coding.node.Allowance;
import ioverlay.api.BasicAlgorithm;
import ioverlay.api.Carried;
import ioverlay.api.Header;
import ioverlay.api.Message;
import ioverlay.api.NodeId;
import ioverlay.api.Place;
import ioverlay.api.State;
import ioverlay.api.WrittenBy;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What a node has: settings, the streams of its originators, what it counts; and the way of all that over a swap. */
abstract class ArqNode extends BasicAlgorithm {
    private static final int MOST_STREAMS = 8;

    @SuppressWarnings("NullAway.Init") // set in begin, before anything else
    private ArqSettings settings;

    private final Map<NodeId, Stream> streams = new LinkedHashMap<>();
    private final Allowance allowance = new Allowance();

    @Carried
    private Tally tally = new Tally();

    @Carried
    private LinkedHashMap<NodeId, Arrivals> arrivals = new LinkedHashMap<>();

    @Override
    public void begin(Place place) {
        super.begin(place);
        settings = ArqSettings.read(place.settings(), self());
    }

    final ArqSettings settings() {
        return settings;
    }

    final Tally tally() {
        return tally;
    }

    /** What this call may send of what was kept. */
    final Allowance allowance() {
        return allowance;
    }

    static int size(Message message) {
        return Header.BYTES + message.payloadSize();
    }

    final Collection<Stream> streams() {
        return streams.values();
    }

    /** The stream of an originator, if there is one. */
    final Optional<Stream> known(NodeId originator) {
        return Optional.ofNullable(streams.get(originator));
    }

    /** The stream that a message is of, a new one if need be. */
    final Stream stream(Message message) {
        NodeId originator = message.sender();
        Stream known = streams.get(originator);
        if (known != null
                && !known.arrivals()
                        .isOver(message.sequence(), settings().patience().toNanos(), now())) {
            return known;
        }
        if (known != null) {
            end(known);
        } else if (streams.size() >= MOST_STREAMS) {
            end(streams.values().iterator().next());
        }
        Stream stream = new Stream(originator, new Arrivals());
        streams.put(originator, stream);
        arrivals.put(originator, stream.arrivals());
        return stream;
    }

    private void end(Stream stream) {
        tally.expired += stream.size();
        stream.allKept().forEach(stream::drop);
        streams.remove(stream.originator());
        arrivals.remove(stream.originator());
    }

    /** Counts what was wrong and names whose link brought it; says so at the first, second, fourth … time. */
    final void fault(String what, NodeId link, String sentence) {
        tally.faults.count("coding.arq", what, link, sentence).ifPresent(this::trace);
    }

    // ---- from version to version

    @Override
    public State save() {
        Map<String, byte[]> copies = new HashMap<>();
        streams.values().forEach(stream -> Copies.write(stream.allKept(), copies));
        State state = super.save();
        copies.putAll(state.attachments());
        return new State(state.values(), copies);
    }

    /** Takes over all that is kept; what is on its way to neighbours is not known, so they say again what they have. */
    @Override
    public void restore(State state, WrittenBy writtenBy) throws Exception {
        super.restore(state, writtenBy);
        arrivals.forEach((originator, numbers) -> streams.put(originator, new Stream(originator, numbers)));
        place().held().forEach(held -> keepAgain(held, false));
        Copies.read(state.attachments()).forEach(copy -> keepAgain(copy, true));
    }

    private void keepAgain(Message message, boolean isCopy) {
        Stream stream = streams.get(message.sender());
        if (stream == null) {
            message.release();
            return;
        }
        Set<NodeId> open = new LinkedHashSet<>(settings.next());
        open.remove(message.from());
        open.remove(message.sender());
        open.forEach(next -> stream.lane(next).sent(message.sequence(), now()));
        boolean isDelivered = !settings.deliver()
                || message.sender().equals(self())
                || message.sequence() < stream.arrivals().next();
        stream.keep(new Stored(message, isCopy, now(), open, isDelivered));
    }

    @Override
    public JsonObject status() {
        JsonObject status = tally.json();
        status.addProperty(
                "kept", streams.values().stream().mapToInt(Stream::size).sum());
        return status;
    }
}

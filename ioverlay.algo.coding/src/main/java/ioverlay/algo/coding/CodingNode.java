package ioverlay.algo.coding;

import com.google.gson.JsonObject;
import ioverlay.algo.coding.node.Allowance;
import ioverlay.api.BasicAlgorithm;
import ioverlay.api.Carried;
import ioverlay.api.Header;
import ioverlay.api.Message;
import ioverlay.api.MessageType;
import ioverlay.api.NodeId;
import ioverlay.api.Place;
import ioverlay.api.State;
import ioverlay.api.WrittenBy;
import java.lang.foreign.ValueLayout;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** What a node of either algorithm has: settings, the flows of its originators, what it counts; and the way of all that over a swap. */
abstract class CodingNode extends BasicAlgorithm {
    private static final int MOST_FLOWS = 8;

    private static final String BUILT = "built";

    @SuppressWarnings("NullAway.Init") // set in begin, before anything else
    private CodingSettings settings;

    private final Allowance allowance = new Allowance();

    @Carried
    private Counts counts = new Counts();

    @Carried
    private LinkedHashMap<NodeId, Flow> flows = new LinkedHashMap<>();

    /** What is kept goes where it belongs, as far as this call may send. */
    abstract void flush(Flow flow);

    @Override
    public void begin(Place place) {
        super.begin(place);
        settings = CodingSettings.read(place.settings(), self());
    }

    /** What this call may send of what was kept. */
    final Allowance allowance() {
        return allowance;
    }

    /** What the number is to the flow, which begins anew where it is far and nothing else has come for a while. */
    final Flow.Verdict judge(Flow flow, long sequence) {
        Flow.Verdict verdict = flow.judge(sequence);
        if (verdict == Flow.Verdict.FAR && flow.isStalled(patience().toNanos(), now())) {
            restart(flow);
            return flow.judge(sequence);
        }
        return verdict;
    }

    /** The flow of an originator, if there is one. */
    final Optional<Flow> known(NodeId originator) {
        return Optional.ofNullable(flows.get(originator));
    }

    /** The flow of an originator, a new one if need be. */
    final Flow flow(NodeId originator) {
        Flow known = flows.get(originator);
        if (known != null && known.hasEnded()) {
            restart(known);
        }
        if (known != null) {
            return known;
        }
        if (flows.size() >= MOST_FLOWS) {
            restart(flows.pollFirstEntry().getValue());
        }
        Flow flow = new Flow();
        flows.put(originator, flow);
        return flow;
    }

    private void restart(Flow flow) {
        flush(flow);
        counts.expired += flow.size();
        flow.restart();
    }

    final Iterable<Flow> flows() {
        return flows.values();
    }

    final CodingSettings settings() {
        return settings;
    }

    final Counts counts() {
        return counts;
    }

    static int size(Message message) {
        return Header.BYTES + message.payloadSize();
    }

    /** How long to wait; at a decoder twice as long, since what a coder has given up still comes alone. */
    final Duration patience() {
        return settings.role() == Role.DECODER ? settings.patience().multipliedBy(2) : settings.patience();
    }

    /** Counts what was wrong and names whose link brought it; says so at the first, second, fourth … time. */
    final void fault(String what, NodeId link, String sentence) {
        counts.faults.count("coding", what, link, sentence).ifPresent(this::trace);
    }

    // ---- from version to version, and from one algorithm to the other

    @Override
    public State save() {
        Map<String, byte[]> built = new HashMap<>();
        flows.forEach((originator, flow) -> {
            flow.beforeSave();
            Stream.concat(flow.allKept().stream(), flow.allSums().stream())
                    .filter(Kept::isBuilt)
                    .map(Kept::message)
                    .forEach(message ->
                            built.put(nameOf(message), message.segment().toArray(ValueLayout.JAVA_BYTE)));
        });
        State state = super.save();
        built.putAll(state.attachments());
        return new State(state.values(), built);
    }

    /** Takes over what any algorithm of this bundle kept: held messages, those built of others, and what was seen. */
    @Override
    public void restore(State state, WrittenBy writtenBy) throws Exception {
        super.restore(state, writtenBy);
        place().held().forEach(held -> keepAgain(Kept.held(held, now())));
        state.attachments().forEach(this::restoreBuilt);
        restored();
    }

    private static String nameOf(Message message) {
        return String.join(
                " ",
                BUILT,
                message.sender().toString(),
                Integer.toString(message.type()),
                Integer.toString(message.application()),
                Long.toString(message.sequence()));
    }

    private void keepAgain(Kept kept) {
        Message message = kept.message();
        Flow flow = flows.computeIfAbsent(message.sender(), originator -> new Flow());
        if (MessageType.plain(message.type()) == Sum.TYPE) {
            flow.keepSum(Flow.even(message.sequence()), kept);
        } else {
            flow.keepAgain(kept);
        }
    }

    private void restoreBuilt(String name, byte[] payload) {
        String[] parts = name.split(" ", -1);
        if (parts.length == 5 && parts[0].equals(BUILT)) {
            NodeId originator = NodeId.parse(parts[1]);
            Message message = Message.builder(originator, Integer.parseInt(parts[2]))
                    .application(Integer.parseInt(parts[3]))
                    .sequence(Long.parseLong(parts[4]))
                    .payload(payload)
                    .build();
            keepAgain(Kept.built(message, now()));
        }
    }

    /** What was kept is here again. */
    void restored() {}

    @Override
    public JsonObject status() {
        JsonObject status = new JsonObject();
        status.addProperty("role", settings.role().name().toLowerCase(Locale.ROOT));
        counts.json().asMap().forEach(status::add);
        status.addProperty("kernel", settings.kernel().name());
        status.addProperty("kept", flows.values().stream().mapToInt(Flow::size).sum());
        return status;
    }
}

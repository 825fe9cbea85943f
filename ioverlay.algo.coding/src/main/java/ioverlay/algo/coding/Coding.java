package ioverlay.algo.coding;

import com.google.gson.JsonObject;
import ioverlay.algo.coding.field.Kernel;
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
import java.lang.foreign.ValueLayout;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A node of the paper's Fig. 4, of any role; subclasses say what a coder and a decoder do. The stream of a session is two:
 * the messages of even numbers and those of odd ones, so the originator numbers them one by one.
 *
 * <p><b>Settings:</b>
 *
 * <ul>
 *   <li>{@code role}: {@code source}, {@code helper}, {@code coder} or {@code decoder}; must be given
 *   <li>{@code streams}: of a source, two lists of nodes, where messages of even and of odd numbers go
 *   <li>{@code next}: of the others, where they send; default {@code []}. At most 100 nodes, each once
 *   <li>{@code deliver}: whether the local application gets the data; default {@code true}. A source's never does
 *   <li>{@code waitMillis}: how long a message waits for its partner in the other stream, or for one that is missing before
 *       it; 10 to 60,000, default 1000. At a decoder everything waits twice as long
 *   <li>{@code kernel}: {@code fastest}, which is the default, or {@code scalar}
 * </ul>
 *
 * <p><b>Status:</b> {@code role}; {@code messages} and {@code bytes} that came (headers included); of these
 * {@code effectiveMessages} and {@code effectiveBytes}, each message of the source counted once, and only when it is there
 * in clear; {@code repeated}; {@code discarded} by decision; {@code combined}, or sent {@code alone} since the partner did
 * not come; {@code decoded}; {@code undecodable} combinations; {@code skipped} numbers that were not waited for any longer;
 * {@code expired}: kept messages for which there was no room any longer; {@code kept} now; the {@code kernel} that computes; and {@code faults}: what was wrong, from
 * whom.
 *
 * <p><b>Bounds:</b> 8 originators at a time, of each the last 131,072 numbers; a message 65,536 or more beyond the first that
 * is missing is refused, unless nothing else came for the time of waiting. What is kept is bounded by what the slot may hold,
 * and beyond that 16 MiB of copies for each originator: one way is faster than the other, and nothing else slows it down.
 */
abstract class Coding extends BasicAlgorithm {
    static final int TICK = 1;

    private static final int MOST_FLOWS = 8;
    private static final long MOST_BUILT_BYTES = 16 << 20;

    /** What one call sends of what was kept, and one message more: a call has limits. */
    private static final long MOST_BYTES_PER_CALL = 1 << 20;

    private static final int MOST_PER_CALL = 256;

    /** What no data message causes waits in the slot's origin lane, which is small. */
    private static final long MOST_BYTES_PER_TICK = 96 << 10;

    private static final String BUILT = "built";

    @SuppressWarnings("NullAway.Init") // set in begin, before anything else
    private CodingSettings settings;

    private NodeId[] even = {};
    private NodeId[] odd = {};
    private NodeId[] next = {};
    private NodeId[] onwards = {};

    private long leftBytes;
    private int leftMessages;

    @Carried
    private Counts counts = new Counts();

    @Carried
    private LinkedHashMap<NodeId, Flow> flows = new LinkedHashMap<>();

    /** Handles a message of the source at a coder. */
    abstract Disposition code(Message message, Flow flow);

    /** Handles a message of the source at a decoder. */
    abstract Disposition decode(Message message, Flow flow);

    /** Handles a combined message at a decoder. */
    abstract Disposition decodeSum(Message message);

    /** A kept message cannot be kept any longer. */
    abstract void giveUp(Kept kept, Flow flow);

    /** A combined message cannot be kept any longer. */
    final void giveUpSum(Kept sum, Flow flow) {
        counts.undecodable++;
        flow.dropSum(Flow.even(sum.message().sequence()));
    }

    /** What no data message caused to be sent was not, for want of room; {@link #room} follows. */
    void refused(NodeId destination, Optional<Message> message) {}

    /** There is room again. */
    void room() {}

    /** It is time to look for what has waited long enough. */
    abstract void tick();

    /** No more will come: nothing kept is worth waiting for any longer. */
    abstract void ended(Flow flow);

    /** What is kept goes where it belongs, as far as this call may send. */
    abstract void flush(Flow flow);

    @Override
    public void begin(Place place) {
        super.begin(place);
        settings = CodingSettings.read(place.settings(), self());
        even = settings.even().toArray(NodeId[]::new);
        odd = settings.odd().toArray(NodeId[]::new);
        next = settings.next().toArray(NodeId[]::new);
        List<NodeId> both = new ArrayList<>(settings.next());
        if (settings.deliver()) {
            both.add(self());
        }
        onwards = both.toArray(NodeId[]::new);
    }

    @Override
    public Disposition process(Message message) {
        int type = message.type();
        if (!MessageType.isControl(type)) {
            counts.messages++;
            counts.bytes += size(message);
            leftBytes = MOST_BYTES_PER_CALL;
            leftMessages = MOST_PER_CALL;
            return MessageType.plain(type) == Sum.TYPE ? combination(message) : data(message);
        }
        leftBytes = MOST_BYTES_PER_TICK;
        leftMessages = MOST_PER_CALL;
        switch (type) {
            case MessageType.TIMER -> tick();
            case MessageType.HOLD_EXPIRED -> message.subject().ifPresent(this::expired);
            case MessageType.SEND_REFUSED -> refused(peer(message), message.subject());
            case MessageType.ROOM -> room();
            case MessageType.SOURCE_FAILED -> {
                if (message.param2() == 0) {
                    flows.values().forEach(this::ended);
                }
            }
            default -> {
                return super.process(message);
            }
        }
        return Disposition.DONE;
    }

    /** The slot holds more than it may, and the engine takes the oldest back: it is copied as long as there is room. */
    private void expired(Message message) {
        Flow flow = flows.get(message.sender());
        if (flow == null) {
            return;
        }
        long even = Flow.even(message.sequence());
        boolean isSum = MessageType.plain(message.type()) == Sum.TYPE;
        Optional<Kept> kept = isSum ? flow.sum(even) : flow.kept(message.sequence());
        if (kept.isEmpty() || kept.get().isBuilt()) {
            return;
        }
        boolean hasRoom = flow.builtBytes() + size(message) <= MOST_BUILT_BYTES;
        Kept again = kept.get().copied(hasRoom ? message.copy() : message);
        if (hasRoom && isSum) {
            flow.keepSum(even, again);
        } else if (hasRoom) {
            flow.keep(again);
        } else {
            counts.expired++;
            giveUpExpired(again, isSum, flow);
        }
    }

    private void giveUpExpired(Kept kept, boolean isSum, Flow flow) {
        if (isSum) {
            giveUpSum(kept, flow);
        } else {
            flow.keep(kept); // as it is valid for this call
            giveUp(kept, flow);
            flow.drop(kept); // also if the call may not send so much
        }
    }

    private Disposition combination(Message message) {
        switch (settings.role()) {
            case HELPER -> send(message, next);
            case DECODER -> {
                return decodeSum(message);
            }
            case SOURCE, CODER -> fault("unexpected", message.from(), "a combined message");
        }
        return Disposition.DONE;
    }

    private Disposition data(Message message) {
        if (settings.role() == Role.SOURCE) {
            send(message, Flow.isEven(message.sequence()) ? even : odd);
            return Disposition.DONE;
        }
        if (settings.role() == Role.HELPER) {
            send(message, next); // whatever it is: to judge it is the others' business
        }
        Flow flow = flow(message.sender());
        if (!isNew(flow, message)) {
            return Disposition.DONE;
        }
        return switch (settings.role()) {
            case CODER -> code(message, flow);
            case DECODER -> decode(message, flow);
            case SOURCE, HELPER -> passOn(message, flow);
        };
    }

    /** Delivers at once, in whatever order. */
    private Disposition passOn(Message message, Flow flow) {
        flow.mark(message.sequence(), now());
        flow.moveTo(message.sequence() + 1);
        countEffective(message);
        if (settings.deliver()) {
            deliver(message);
        }
        return Disposition.DONE;
    }

    private boolean isNew(Flow flow, Message message) {
        long sequence = message.sequence();
        switch (judge(flow, sequence)) {
            case NEW -> {
                return true;
            }
            case REPEATED -> counts.repeated++;
            case FAR -> fault("far", message.from(), "the number " + sequence + ", far from what is due");
        }
        return false;
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

    /** Whether this call may send more of what was kept. */
    final boolean maySend() {
        return leftBytes > 0 && leftMessages > 0;
    }

    final void sends(Message message) {
        leftBytes -= size(message);
        leftMessages--;
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

    final NodeId[] next() {
        return next;
    }

    /** To the application, and from a decoder to whoever comes next. */
    final void give(Message message) {
        countEffective(message);
        sends(message);
        if (settings.role() == Role.DECODER) {
            send(message, onwards);
        } else if (settings.deliver()) {
            deliver(message);
        }
    }

    private void countEffective(Message message) {
        counts.effectiveMessages++;
        counts.effectiveBytes += size(message);
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
        long times = counts.fault(what, link);
        if (Long.bitCount(times) == 1) {
            trace("coding refused from " + link + ", " + times + " times by now: " + sentence);
        }
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
        status.addProperty(
                "kernel",
                settings.vectors() ? Kernel.fastest().name() : Kernel.scalar().name());
        status.addProperty("kept", flows.values().stream().mapToInt(Flow::size).sum());
        return status;
    }
}

package ioverlay.algo.coding;

import ioverlay.api.Disposition;
import ioverlay.api.Message;
import ioverlay.api.MessageType;
import ioverlay.api.NodeId;
import ioverlay.api.Place;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

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
abstract class Coding extends CodingNode {
    static final int TICK = 1;

    private static final long MOST_BUILT_BYTES = 16 << 20;

    private NodeId[] even = {};
    private NodeId[] odd = {};
    private NodeId[] next = {};
    private NodeId[] onwards = {};

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
        counts().undecodable++;
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

    @Override
    public void begin(Place place) {
        super.begin(place);
        CodingSettings settings = settings();
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
        allowance().begin(!MessageType.isControl(type));
        if (!MessageType.isControl(type)) {
            counts().messages++;
            counts().bytes += size(message);
            return MessageType.plain(type) == Sum.TYPE ? combination(message) : data(message);
        }
        switch (type) {
            case MessageType.TIMER -> tick();
            case MessageType.HOLD_EXPIRED -> message.subject().ifPresent(this::expired);
            case MessageType.SEND_REFUSED -> refused(peer(message), message.subject());
            case MessageType.ROOM -> room();
            case MessageType.SOURCE_FAILED -> {
                if (message.param2() == 0) {
                    flows().forEach(this::ended);
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
        known(message.sender()).ifPresent(flow -> expired(message, flow));
    }

    private void expired(Message message, Flow flow) {
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
            counts().expired++;
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
        switch (settings().role()) {
            case HELPER -> send(message, next);
            case DECODER -> {
                return decodeSum(message);
            }
            case SOURCE, CODER -> fault("unexpected", message.from(), "a combined message");
        }
        return Disposition.DONE;
    }

    private Disposition data(Message message) {
        if (settings().role() == Role.SOURCE) {
            send(message, Flow.isEven(message.sequence()) ? even : odd);
            return Disposition.DONE;
        }
        if (settings().role() == Role.HELPER) {
            send(message, next); // whatever it is: to judge it is the others' business
        }
        Flow flow = flow(message.sender());
        if (!isNew(flow, message)) {
            return Disposition.DONE;
        }
        return switch (settings().role()) {
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
        if (settings().deliver()) {
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
            case REPEATED -> counts().repeated++;
            case FAR -> fault("far", message.from(), "the number " + sequence + ", far from what is due");
        }
        return false;
    }

    /** To the application, and from a decoder to whoever comes next. */
    final void give(Message message) {
        countEffective(message);
        allowance().spend(message);
        if (settings().role() == Role.DECODER) {
            send(message, onwards);
        } else if (settings().deliver()) {
            deliver(message);
        }
    }

    final NodeId[] next() {
        return next;
    }

    private void countEffective(Message message) {
        counts().effectiveMessages++;
        counts().effectiveBytes += size(message);
    }
}

package ioverlay.engine;

import com.google.gson.JsonObject;
import ioverlay.api.Disposition;
import ioverlay.api.Message;
import ioverlay.api.MessageType;
import ioverlay.api.NodeId;
import java.util.Optional;

/**
 * Calls the algorithm of a slot with a message and lets the router carry out what the call sent, if it returns.
 *
 * <p><b>Threads:</b> the turn.
 */
final class Dispatcher {
    private final Switch node;
    private final Router router;
    private final Call call = new Call();

    Dispatcher(Switch node, Router router) {
        this.node = node;
        this.router = router;
    }

    /** Where sends are staged while an algorithm is called. */
    Call call() {
        return call;
    }

    /** One call of the algorithm: what it sends takes effect if it returns. */
    void process(Slot slot, Message message, Origin origin) {
        boolean held = false;
        call.open();
        try {
            Disposition disposition = called(slot, message);
            call.close();
            if (call.isBroken()) {
                throw new IllegalStateException("a rule of send was broken within the call");
            }
            slot.processed++;
            held = disposition == Disposition.HOLD;
            router.commit(slot, origin, call);
        } catch (Throwable e) {
            call.close();
            fault(slot, message, e);
        }
        call.clear();
        if (message instanceof SlabMessage mine) {
            settle(slot, mine, held);
        }
    }

    private static Disposition called(Slot slot, Message message) {
        try {
            return slot.candidate().occupant().instance().process(message);
        } finally {
            Turn.forgetInterrupt();
        }
    }

    private void settle(Slot slot, SlabMessage message, boolean held) {
        if (!held) {
            if (slot.holds.count() == 0 || !slot.holds.contains(message)) {
                message.end();
            }
            return;
        }
        slot.holds.hold(message);
        while (slot.holds.isOverfull()) {
            SlabMessage oldest = slot.holds.oldest();
            node.counters().add(Count.HOLDS_EXPIRED);
            int left = slot.holds.count() - 1;
            process(slot, Notice.expired(node.self(), slot.application, left, oldest), slot.lane);
            slot.holds.release(oldest);
        }
    }

    private void fault(Slot slot, Message message, Throwable e) {
        // Plug-in boundary: a faulty algorithm loses this message; the node goes on. The watcher logs, on its own
        // thread.
        slot.failed++;
        node.counters().add(Count.MESSAGES_FAILED);
        if (slot.isNews(e)) {
            String what = slot.candidate().occupant().origin() + " threw at a message of type 0x"
                    + Integer.toHexString(message.type()) + ": " + e;
            JsonObject detail = new JsonObject();
            detail.addProperty("application", Integer.toUnsignedLong(slot.application));
            StackTraceElement[] where = e.getStackTrace();
            detail.addProperty("at", where.length == 0 ? "" : where[0].toString());
            node.happened("algorithm.failed", what, detail);
        }
    }

    /** A control message of a neighbour. */
    void heard(SlabMessage message) {
        if (MessageType.isEngine(message.type())) {
            node.counters().add(Count.MESSAGES_FOREIGN); // notices and requests are never a neighbour's business
            return;
        }
        Slot slot = node.slots().serving(message.application());
        if (slot == null) {
            node.counters().add(Count.MESSAGES_UNCLAIMED);
        } else if (slot.isParked()) {
            slot.tell(router.kept(message));
        } else {
            process(slot, message, slot.lane);
        }
    }

    /** The next notice of a slot. */
    void notify(Slot slot) {
        Optional<Message> next = slot.nextNotice();
        if (next.isEmpty()) {
            return;
        }
        Message notice = next.get();
        if (notice.type() != MessageType.TIMER) {
            process(slot, notice, slot.lane);
        } else if (slot.timers.isDue(notice.param1())) {
            slot.timers.delivered(notice.param1()); // first, so that the call can set or cancel it
            process(slot, notice, slot.lane);
        }
    }

    /** The candidate serves; what begin and restore wanted to send goes now. */
    void serve(Slot slot, Candidate candidate) {
        candidate.place().serve(call);
        for (Call early : candidate.place().prelude()) {
            router.commit(slot, slot.lane, early);
            early.clear();
        }
    }

    /** A send that starts at the node, from its service. */
    void originate(Message message, NodeId... destinations) {
        Slot slot = node.slots().serving(message.application());
        if (slot == null) {
            node.counters().add(Count.MESSAGES_UNCLAIMED);
            return;
        }
        Call own = new Call();
        own.open();
        own.stage(message, destinations);
        router.commit(slot, slot.lane, own);
    }
}

package ioverlay.engine;

import com.google.gson.JsonObject;
import ioverlay.api.Disposition;
import ioverlay.api.Message;
import ioverlay.api.MessageType;
import ioverlay.api.NodeId;
import ioverlay.io.counts.Count;
import ioverlay.io.message.Call;
import ioverlay.io.message.Notice;
import ioverlay.io.message.Origin;
import ioverlay.io.message.SlabMessage;
import ioverlay.io.shared.SplitMix;
import ioverlay.io.threads.Turn;
import ioverlay.io.watch.Stint;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Calls the algorithm of a slot with a message and lets the router carry out what the call sent, if it returns.
 *
 * <p><b>Threads:</b> the turn.
 */
final class Dispatcher {
    private final Switch node;
    private final Router router;

    /** Who failed at the message under way. */
    private @Nullable Candidate failer;

    /** Whether another has tried it, too. */
    private boolean retried;

    /** The notice of a held message that is being handed back; the message under way itself is settled. */
    private @Nullable Message expiring;

    Dispatcher(Switch node, Router router) {
        this.node = node;
        this.router = router;
    }

    /**
     * Gives the message to the slot's occupant. On probation one at which the new occupant fails goes to the old one,
     * once; a message at which nobody is left to try is dropped and counted.
     */
    void process(Slot slot, Message message, Origin origin) {
        settle(slot, message, origin, call(slot, slot.candidate(), message, origin));
    }

    /**
     * The same after the thread that was at it was left behind.
     *
     * @param who in whose call
     */
    void complete(@Nullable Candidate who, Slot slot, Message message, Origin origin) {
        failer = failer == null ? who : failer;
        Message last = expiring;
        if (last == null) {
            settle(slot, message, origin, null);
        } else {
            expired(slot, last, null);
            expire(slot);
        }
    }

    /** One call: what it sends takes effect if it returns. Null if it fails. */
    private @Nullable Disposition call(Slot slot, Candidate candidate, Message message, Origin origin) {
        Stint<Slot, Candidate> stint = node.stint();
        Call call = stint.call;
        Disposition answer = null;
        Throwable fault = null;
        long startNs = slot.tap == null ? 0 : System.nanoTime();
        call.open();
        stint.enter(slot, candidate);
        try {
            answer = candidate.occupant().instance().process(message);
        } catch (Throwable e) {
            // Plug-in boundary: a faulty algorithm loses this message at most; the node goes on.
            fault = e;
        }
        String stall = stint.leave();
        Turn.forgetInterrupt();
        call.close();
        if (fault == null && call.isBroken()) {
            fault = new IllegalStateException("a rule of send was broken within the call");
        }
        if (fault == null && stall.isEmpty()) {
            slot.processed++;
            Disposition said = answer == null ? Disposition.DONE : answer;
            Tap tap = slot.tap;
            if (tap != null) {
                show(tap, slot, message, said, System.nanoTime() - startNs);
            }
            commit(slot, candidate, message, origin);
            call.clear();
            return said;
        }
        call.clear();
        failer = failer == null ? candidate : failer;
        if (!stall.isEmpty()) {
            node.succession().stalled(slot, candidate, stall, false);
        } else if (fault != null) {
            failed(slot, candidate, message, fault);
        }
        return null;
    }

    private void commit(Slot slot, Candidate candidate, Message message, Origin origin) {
        try {
            router.commit(slot, origin, node.stint().call);
        } catch (RuntimeException | Error e) {
            // Plug-in boundary: a message of the algorithm's own make throws; some may be sent, so it is not tried
            // again.
            report(slot, candidate, message, e);
            lost(slot);
        }
    }

    /** Before the call takes effect: what it releases is still there. */
    private void show(Tap tap, Slot slot, Message message, Disposition answer, long tookNs) {
        try {
            tap.called(message, answer, new Staged(node.stint().call), node.now(), tookNs);
        } catch (Throwable e) {
            // Tap boundary: whoever looks on must not harm what it looks at.
            slot.tap = null;
            node.happened("tap.failed", "a tap threw and was taken off: " + e, slot.detail());
        }
    }

    private void lost(Slot slot) {
        slot.failed++;
        node.counters().add(Count.MESSAGES_FAILED);
    }

    private void failed(Slot slot, Candidate candidate, Message message, Throwable fault) {
        report(slot, candidate, message, fault);
        Optional<Standby> standby = slot.standby();
        if (standby.isPresent()
                && standby.get().old != candidate
                && standby.get().isOver()) {
            String cause = standby.get().failures() + " calls of " + candidate.name() + " failed, the last one with "
                    + fault + " at " + at(fault);
            node.succession().fallBack(slot, standby.get(), cause, false);
        }
    }

    /** The old occupant tries the message at which the new one failed, whether it is back already or still stands by. */
    private @Nullable Disposition again(Slot slot, Message message, Origin origin) {
        Candidate failed = failer == null ? slot.candidate() : failer;
        Candidate other = retried ? failed : slot.other(failed);
        failer = failed;
        Disposition answer = null;
        if (other != failed) {
            retried = true;
            SplitMix mine = failed.place().generator();
            SplitMix its = other.place().generator();
            its.state(mine.state()); // random numbers go on as if there were one occupant
            answer = call(slot, other, message, origin);
            mine.state(its.state());
        }
        failer = null;
        retried = false;
        if (answer == null) {
            lost(slot);
        } else {
            slot.redone.add(1);
        }
        return answer;
    }

    private void settle(Slot slot, Message message, Origin origin, @Nullable Disposition said) {
        Disposition answer = said == null ? again(slot, message, origin) : said;
        if (!(message instanceof SlabMessage mine)) {
            return;
        }
        if (answer == Disposition.HOLD) {
            slot.holds.hold(mine);
            expire(slot);
        } else if (slot.holds.count() == 0 || !slot.holds.contains(mine)) {
            mine.end();
        }
    }

    /** Hands the oldest held messages back while too much is held. */
    private void expire(Slot slot) {
        while (slot.holds.isOverfull() && !slot.isParked()) {
            SlabMessage oldest = slot.holds.oldest();
            node.counters().add(Count.HOLDS_EXPIRED);
            int left = slot.holds.count() - 1;
            Message last = Notice.expired(node.self(), slot.application, left, oldest);
            expiring = last;
            expired(slot, last, call(slot, slot.candidate(), last, slot.lane));
        }
    }

    private void expired(Slot slot, Message last, @Nullable Disposition said) {
        if (said == null) {
            again(slot, last, slot.lane);
        }
        expiring = null;
        slot.holds.release(last.subject().orElseThrow());
    }

    /** The watcher logs, on its own thread. */
    private void report(Slot slot, Candidate candidate, Message message, Throwable e) {
        if (slot.isNews(e)) {
            String what = candidate.name() + " threw at a message of type 0x" + Integer.toHexString(message.type())
                    + ": " + e;
            JsonObject detail = slot.detail();
            detail.addProperty("at", at(e));
            node.happened("algorithm.failed", what, detail);
        }
    }

    private static String at(Throwable e) {
        StackTraceElement[] where = e.getStackTrace();
        return where.length == 0 ? "" : where[0].toString();
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
        if (notice.type() == MessageType.TIMER) {
            if (!slot.timers.isDue(notice.param1())) {
                return;
            }
            slot.timers.delivered(notice.param1()); // first, so that the call can set or cancel it
        } else if (notice.type() == MessageType.REPORT && !slot.reports.delivers()) {
            return;
        }
        node.at(notice);
        process(slot, notice, slot.lane);
        node.at(null);
    }

    /** The candidate serves; what begin and restore wanted to send goes now. */
    void serve(Slot slot, Candidate candidate) {
        candidate.place().serve(node.calls());
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

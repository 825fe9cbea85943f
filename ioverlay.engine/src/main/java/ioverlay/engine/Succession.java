package ioverlay.engine;

import com.google.gson.JsonObject;
import ioverlay.api.Message;
import ioverlay.api.State;
import java.util.List;
import java.util.Optional;

/**
 * Who serves a slot: exchanges between two calls, probation and the way back, parking.
 *
 * <p><b>Threads:</b> the turn. Occupants that leave are put into the caller's list, to be ended off the turn.
 */
final class Succession {
    private final Switch node;

    Succession(Switch node) {
        this.node = node;
    }

    /** The slot of an application. */
    Slot slot(int application) {
        Slot slot = node.slots().own(application);
        if (slot == null) {
            throw new IllegalStateException("application " + Integer.toUnsignedString(application) + " has no slot");
        }
        return slot;
    }

    /** What the occupant saves now, or what a parked slot kept. */
    State state(Slot slot) {
        return slot.kept()
                .orElseGet(() -> slot.candidate().occupant().instance().save());
    }

    Exchange exchange(Candidate candidate, Optional<Terms> terms, List<Candidate> leaving) {
        long start = System.nanoTime();
        Slot slot = slot(candidate.application());
        if (slot.standby().isPresent()) {
            throw new IllegalStateException("the occupant of the slot " + name(slot) + " is on probation");
        }
        Candidate old = slot.candidate();
        try {
            State state = state(slot);
            candidate.place().generator().state(old.place().generator().state());
            candidate.place().restore(state, old.occupant().origin());
        } catch (Throwable e) {
            // Plug-in boundary: nothing was changed yet, the old one goes on.
            return new Exchange(Optional.of(e), System.nanoTime() - start, 0, 0);
        }
        Optional<Standby> standby =
                slot.isParked() ? Optional.empty() : terms.map(given -> new Standby(slot, old, given));
        if (!slot.isParked() && standby.isEmpty()) {
            leaving.add(old);
        }
        serve(slot, candidate, standby);
        return new Exchange(Optional.empty(), System.nanoTime() - start, slot.holds.count(), slot.timers.count());
    }

    private void serve(Slot slot, Candidate next, Optional<Standby> standby) {
        slot.occupy(next, standby);
        node.dispatcher().serve(slot, next);
        node.unparked(slot);
    }

    private static String name(Slot slot) {
        return Integer.toUnsignedString(slot.application);
    }

    /** From now on the tap sees every call; what it needs to follow them is taken in the same moment. */
    Tapped tap(int application, Tap tap) {
        Slot slot = slot(application);
        if (slot.isParked() || slot.tap != null) {
            throw new IllegalStateException(
                    "the slot " + name(slot) + (slot.isParked() ? " is parked" : " has a tap already"));
        }
        Candidate occupant = slot.candidate();
        Tapped tapped = new Tapped(
                state(slot),
                occupant.occupant().origin(),
                new SplitMix(occupant.place().generator().state()),
                slot.holds.all().stream().map(Message::copy).toList());
        slot.tap = tap;
        return tapped;
    }

    /** No longer; another tap than that stays. */
    @SuppressWarnings("ReferenceEquality") // the very same tap
    void untap(int application, Tap tap) {
        Slot slot = node.slots().own(application);
        if (slot != null && slot.tap == tap) {
            slot.tap = null;
        }
    }

    /** Ends a probation for good; false if there is none. */
    boolean confirm(int application, List<Candidate> leaving) {
        Slot slot = slot(application);
        Optional<Standby> standby = slot.standby();
        standby.ifPresent(over -> leaving.add(over.old));
        slot.standby(Optional.empty());
        return standby.isPresent();
    }

    /** Back to the old occupant on request. */
    Optional<Return> giveBack(int application, String why, List<Candidate> leaving) {
        Slot slot = slot(application);
        Candidate left = slot.candidate();
        Optional<Return> back = slot.standby().map(standby -> back(slot, standby, why, false));
        back.ifPresent(done -> leaving.add(left));
        return back;
    }

    /** Back to the old occupant at a fault of the new one. */
    void fallBack(Slot slot, Standby standby, String cause, boolean stalled) {
        Return back = back(slot, standby, cause, stalled);
        node.post(() -> standby.tell(back)); // when the message under way is redone, and where it can do no harm
    }

    private Return back(Slot slot, Standby standby, String cause, boolean stalled) {
        long start = System.nanoTime();
        Candidate old = standby.old;
        old.place().generator().state(slot.candidate().place().generator().state());
        boolean carried = !stalled && carry(slot, old);
        if (!carried) {
            old.place().forgetRestore();
        }
        serve(slot, old, Optional.empty());
        return standby.back(cause, stalled, carried, start);
    }

    private boolean carry(Slot slot, Candidate old) {
        Occupant from = slot.candidate().occupant();
        try {
            old.place().restore(from.instance().save(), from.origin());
            return true;
        } catch (Throwable e) {
            // Plug-in boundary: the old one goes on with the state it has.
            node.happened("algorithm.failed", "the state of " + from.origin() + " is lost: " + e, new JsonObject());
            return false;
        }
    }

    void park(int application, List<Candidate> leaving) {
        Slot slot = slot(application);
        if (slot.isParked()) {
            throw new IllegalStateException("the slot is parked already");
        }
        State state = saved(slot.candidate().occupant());
        leave(slot, leaving);
        slot.park(state);
    }

    /** All instances that the slot has, since none of them serves it any more. */
    void leave(Slot slot, List<Candidate> leaving) {
        leaving.addAll(slot.instances());
        slot.standby(Optional.empty());
        slot.endTap();
    }

    private State saved(Occupant occupant) {
        try {
            return occupant.instance().save();
        } catch (Throwable e) {
            // Plug-in boundary: it leaves in any case; its successor then starts without state.
            node.happened("algorithm.failed", occupant.origin() + " threw at save: " + e, new JsonObject());
            return State.empty();
        }
    }

    /** The slot ends; its messages then go to slot 0. */
    void vacate(int application, List<Candidate> leaving) {
        Slot slot = slot(application);
        node.slots().remove(slot);
        slot.timers.clear();
        slot.holds.clear();
        node.unparked(slot);
        leave(slot, leaving);
    }
}

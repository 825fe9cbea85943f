package ioverlay.engine;

import com.google.gson.JsonObject;
import ioverlay.api.Message;
import ioverlay.api.State;
import ioverlay.api.WrittenBy;
import ioverlay.io.shared.SplitMix;
import ioverlay.io.threads.Turn;
import ioverlay.io.threads.TurnLost;
import ioverlay.io.watch.Stint;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;

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

    /**
     * A call of an instance outside of process. One that had to be interrupted or cancelled is a stall, whatever came of it.
     *
     * @throws IllegalStateException after a stall
     */
    private <T> T called(Slot slot, Candidate who, Callable<T> work) throws Exception {
        Stint<Slot, Candidate> stint = node.stint();
        T answer;
        stint.enter(slot, who);
        try {
            answer = work.call();
        } catch (Throwable e) {
            left(stint, slot, who);
            throw e;
        }
        left(stint, slot, who);
        return answer;
    }

    private void left(Stint<Slot, Candidate> stint, Slot slot, Candidate who) {
        String stall = stint.leave();
        Turn.forgetInterrupt();
        if (!stall.isEmpty()) {
            stalled(slot, who, stall, false);
            throw new IllegalStateException(stall);
        }
    }

    private State save(Slot slot) throws Exception {
        Candidate occupant = slot.candidate();
        return called(slot, occupant, () -> occupant.occupant().instance().save());
    }

    private void restore(Slot slot, Candidate candidate, State state, WrittenBy writtenBy) throws Exception {
        called(slot, candidate, () -> {
            candidate.place().restore(state, writtenBy);
            return true;
        });
        slot.takenOver = state;
    }

    /** What the occupant saves now, or what a parked slot kept. */
    State state(Slot slot) throws Exception {
        Optional<State> kept = slot.kept();
        return kept.isPresent() ? kept.get() : save(slot);
    }

    /** A deep copy of that, since the occupant goes on writing to what it gave by reference. */
    State copy(Slot slot) throws Exception {
        State state = state(slot);
        Map<String, byte[]> attachments = new HashMap<>();
        state.attachments().forEach((name, bytes) -> attachments.put(name, bytes.clone()));
        return new State(state.values().deepCopy(), attachments);
    }

    /** What the occupant says of itself. */
    JsonObject status(Slot slot) {
        if (slot.isParked()) {
            return new JsonObject();
        }
        Candidate occupant = slot.candidate();
        try {
            return called(slot, occupant, () -> occupant.occupant().instance().status());
        } catch (TurnLost e) {
            throw e;
        } catch (Throwable e) {
            // Plug-in boundary: an algorithm that cannot say how it is must not hide the rest.
            JsonObject failure = new JsonObject();
            failure.addProperty("failure", e.toString());
            return failure;
        }
    }

    /** The call at which a thread was left behind: its instance is gone with it. */
    void stalled(Stint<Slot, Candidate> left, String cause) {
        Slot slot = left.slot();
        Candidate who = left.who();
        if (slot != null && who != null) {
            stalled(slot, who, cause, true);
        }
    }

    /**
     * A call of an instance did not end, so it is not called any more. The old occupant takes over if it is at hand, else
     * the slot is parked. Who only stands by, or was to take over, is given up.
     *
     * @param left whether its thread is still in the call, so that it cannot even be asked for its state
     */
    void stalled(Slot slot, Candidate who, String cause, boolean left) {
        boolean news = who.lose();
        if (slot.candidate() != who || slot.isParked()) {
            return;
        }
        slot.stalled += news ? 1 : 0;
        Optional<Standby> standby = slot.standby().filter(by -> !by.old.isLost());
        if (standby.isPresent()) {
            fallBack(slot, standby.get(), cause, true);
            return;
        }
        Optional<State> saved = news && !left ? lastWords(slot) : Optional.empty();
        if (!slot.isParked()) {
            leave(slot, new ArrayList<>());
            slot.park(saved.orElse(slot.takenOver));
            node.post(() -> node.config().watcher().stalled(slot.application, saved.isPresent(), cause));
        }
    }

    private Optional<State> lastWords(Slot slot) {
        try {
            return Optional.of(save(slot));
        } catch (TurnLost e) {
            throw e;
        } catch (Throwable e) {
            return Optional.empty(); // plug-in boundary: its successor starts with what it once took over
        }
    }

    Exchange exchange(Candidate candidate, Optional<Terms> terms, List<Candidate> leaving) {
        long start = System.nanoTime();
        Slot slot = slot(candidate.application());
        if (slot.standby().isPresent()) {
            throw new IllegalStateException("the occupant of the slot " + name(slot) + " is on probation");
        }
        Candidate old = slot.candidate();
        boolean wasParked = slot.isParked();
        try {
            State state = state(slot);
            candidate.place().generator().state(old.place().generator().state());
            restore(slot, candidate, state, old.occupant().origin());
        } catch (TurnLost e) {
            throw e;
        } catch (Throwable e) {
            // Plug-in boundary: nothing was changed yet, the old one goes on, unless it is that which stalled.
            if (old.isLost() && !wasParked) {
                throw new IllegalStateException(e.getMessage(), e);
            }
            return new Exchange(Optional.of(e), System.nanoTime() - start, 0, 0);
        }
        Optional<Standby> standby = wasParked ? Optional.empty() : terms.map(given -> new Standby(slot, old, given));
        if (!wasParked && standby.isEmpty()) {
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
    Tapped tap(int application, Tap tap) throws Exception {
        Slot slot = slot(application);
        if (slot.isParked() || slot.tap != null) {
            throw new IllegalStateException(
                    "the slot " + name(slot) + (slot.isParked() ? " is parked" : " has a tap already"));
        }
        Candidate occupant = slot.candidate();
        Tapped tapped = new Tapped(
                copy(slot),
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
        Optional<Return> back =
                slot.standby().filter(by -> !by.old.isLost()).flatMap(standby -> back(slot, standby, why, false));
        back.ifPresent(done -> leaving.add(left));
        return back;
    }

    /** Back to the old occupant at a fault of the new one. */
    void fallBack(Slot slot, Standby standby, String cause, boolean stalled) {
        Optional<Return> back = back(slot, standby, cause, stalled);
        // when the message under way is redone, and where it can do no harm
        back.ifPresent(done -> node.post(() -> standby.tell(done)));
    }

    /** Empty if one of the two stalled on the way: then it is decided already who goes on. */
    private Optional<Return> back(Slot slot, Standby standby, String cause, boolean stalled) {
        long start = System.nanoTime();
        Candidate leaving = slot.candidate();
        Candidate old = standby.old;
        old.place().generator().state(leaving.place().generator().state());
        boolean carried = !stalled && carry(slot, old);
        if (slot.candidate() != leaving || old.isLost()) {
            return Optional.empty();
        }
        if (!carried) {
            old.place().forgetRestore();
        }
        serve(slot, old, Optional.empty());
        return Optional.of(standby.back(cause, stalled, carried, start));
    }

    private boolean carry(Slot slot, Candidate old) {
        Candidate left = slot.candidate();
        try {
            State state = save(slot);
            restore(slot, old, state, left.occupant().origin());
            return true;
        } catch (TurnLost e) {
            throw e;
        } catch (Throwable e) {
            // Plug-in boundary: the old one goes on with the state it has.
            node.happened("algorithm.failed", "the state of " + left.name() + " is lost: " + e, new JsonObject());
            return false;
        }
    }

    void park(int application, List<Candidate> leaving) {
        Slot slot = slot(application);
        if (slot.isParked()) {
            throw new IllegalStateException("the slot is parked already");
        }
        State state = saved(slot);
        if (!slot.isParked()) {
            leave(slot, leaving);
            slot.park(state);
        }
    }

    /** All instances that the slot has, since none of them serves it any more. */
    void leave(Slot slot, List<Candidate> leaving) {
        leaving.addAll(slot.instances());
        slot.standby(Optional.empty());
        slot.endTap();
    }

    private State saved(Slot slot) {
        Candidate occupant = slot.candidate();
        try {
            return save(slot);
        } catch (TurnLost e) {
            throw e;
        } catch (Throwable e) {
            // Plug-in boundary: it leaves in any case; its successor then starts without state.
            String what = occupant.name() + " threw at save: " + e;
            node.happened("algorithm.failed", what, new JsonObject());
            return slot.candidate() == occupant ? State.empty() : saved(slot); // it stalled, and the old one is back
        }
    }

    /** The slot ends; its messages then go to slot 0. */
    void vacate(int application, List<Candidate> leaving) {
        Slot slot = slot(application);
        node.slots().remove(slot);
        slot.timers.clear();
        slot.reports.end();
        slot.holds.clear();
        node.unparked(slot);
        leave(slot, leaving);
        node.links().domino().over(slot.lane);
    }
}

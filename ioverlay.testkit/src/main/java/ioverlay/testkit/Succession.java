package ioverlay.testkit;

import ioverlay.api.Algorithm;
import ioverlay.api.State;
import ioverlay.api.WrittenBy;
import java.util.HashMap;
import java.util.Map;

/** Who serves, and how another one takes over: the phases of a swap, without bundles. */
final class Succession {
    private record Occupant(Algorithm algorithm, SlotPlace place, WrittenBy origin) {}

    private final Switch node;
    private Occupant occupant;

    private Succession(Switch node, Occupant first) {
        this.node = node;
        this.occupant = first;
    }

    /**
     * The first one begins, checks itself and serves.
     *
     * @throws AlgorithmFailure if it refuses
     */
    static Succession begin(Switch node, SlotPlace place, WrittenBy origin) {
        Occupant first = new Occupant(node.algorithm(), place, origin);
        prepare(first);
        node.serve(first.algorithm, place);
        return new Succession(node, first);
    }

    /**
     * Rehearses with a copy of the state, then exchanges.
     *
     * @throws AlgorithmFailure if one of the two throws; the old one then serves on
     */
    void swap(Algorithm next, SlotPlace place, WrittenBy origin) {
        Occupant candidate = new Occupant(next, place, origin);
        prepare(candidate);
        try {
            restore(candidate, copy(saved()), "the rehearsing restore of ");
            State last = saved();
            place.generator().follow(occupant.place.generator());
            place.shareHeld(true);
            restore(candidate, last, "the final restore of ");
        } catch (AlgorithmFailure veto) {
            place.shareHeld(false);
            end(candidate, veto);
            throw veto;
        }
        Occupant old = occupant;
        occupant = candidate;
        node.serve(next, place);
        end(old);
    }

    private static void prepare(Occupant candidate) {
        try {
            candidate.place.begin(candidate.algorithm);
        } catch (Throwable e) {
            AlgorithmFailure refusal = new AlgorithmFailure(name(candidate) + " does not begin", e);
            end(candidate, refusal);
            throw refusal;
        }
    }

    private State saved() {
        try {
            return occupant.algorithm.save();
        } catch (Throwable e) {
            throw new AlgorithmFailure("save of " + name(occupant) + " threw", e);
        }
    }

    private void restore(Occupant candidate, State state, String what) {
        try {
            candidate.place.restore(candidate.algorithm, state, occupant.origin);
        } catch (Throwable e) {
            throw new AlgorithmFailure(what + name(candidate) + " vetoes", e);
        }
    }

    private static State copy(State state) {
        Map<String, byte[]> attachments = new HashMap<>();
        state.attachments().forEach((name, bytes) -> attachments.put(name, bytes.clone()));
        return new State(state.values().deepCopy(), attachments);
    }

    private static void end(Occupant leaving, AlgorithmFailure why) {
        try {
            end(leaving);
        } catch (AlgorithmFailure e) {
            why.addSuppressed(e);
        }
    }

    private static void end(Occupant leaving) {
        try {
            leaving.algorithm.end();
        } catch (Throwable e) {
            throw new AlgorithmFailure("end of " + name(leaving) + " threw", e);
        }
    }

    private static String name(Occupant occupant) {
        return occupant.origin.algorithm() + " " + occupant.origin.version();
    }

    /** The one that serves leaves, and nobody follows. */
    void end() {
        occupant.place.shareHeld(false);
        end(occupant);
    }

    /** Who serves. */
    WrittenBy origin() {
        return occupant.origin;
    }
}

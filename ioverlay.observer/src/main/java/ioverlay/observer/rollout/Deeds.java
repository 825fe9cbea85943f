package ioverlay.observer.rollout;

import java.util.ArrayList;
import java.util.List;

/** What a rollout has decided to ask for, and does not ask before that is written down. */
final class Deeds {
    private final List<Deed> waiting = new ArrayList<>();

    private record Deed(Leg leg, Runnable undo, Runnable doing) {}

    /** One more, of a leg that has not been moved to its step yet. */
    void add(Leg leg, Runnable doing) {
        waiting.add(new Deed(leg, leg.mark(), doing));
    }

    /** They are written down: asks for them. */
    void act() {
        List<Deed> written = List.copyOf(waiting);
        waiting.clear();
        written.forEach(deed -> deed.doing().run());
    }

    /** They cannot be: each leg stands where it did. */
    void undo() {
        waiting.reversed().forEach(deed -> deed.undo().run());
        waiting.clear();
    }

    /** Forgets those of a leg, which somebody else puts back. */
    void forget(Leg leg) {
        waiting.removeIf(deed -> deed.leg() == leg);
    }
}

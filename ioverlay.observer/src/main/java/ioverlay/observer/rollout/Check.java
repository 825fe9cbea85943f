package ioverlay.observer.rollout;

import ioverlay.api.observer.Rollout.Step;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The last look on the way there: each slot that has switched is asked what it serves, before anybody says so. */
final class Check {
    private final Run run;
    private final Set<Leg> asked = new HashSet<>();
    private final Set<Leg> passed = new HashSet<>();

    Check(Run run) {
        this.run = run;
    }

    /** Whether only its own answer counts now: what was heard of it else may tell of the time before. */
    boolean isAsking(Leg leg) {
        return asked.contains(leg) && !passed.contains(leg);
    }

    /** Something has changed: what was seen says no more where slots are at the end. */
    void reset() {
        asked.clear();
        passed.clear();
    }

    /** Looks on, and says whether each slot that counts as switched serves the version. */
    boolean isDone(long nowMs) {
        List<Leg> left = run.legs.stream()
                .filter(leg -> leg.step == Step.SWITCHED && !passed.contains(leg))
                .limit(Limits.MAX_CHECKED)
                .toList();
        left.forEach(leg -> run.guard(leg, () -> look(leg, nowMs)));
        return left.isEmpty();
    }

    private void look(Leg leg, long nowMs) {
        if (leg.absentSinceMs != 0) {
            if (leg.isLost(nowMs)) {
                run.enter(leg, Step.LOST, leg.whyLost() + ", after its switch");
            }
            return;
        }
        if (asked.add(leg)) {
            leg.status.forget(); // it may tell of the time before
            leg.track.clear();
            leg.missing = false;
            leg.lookedMs = nowMs - Limits.STEP_MS;
        }
        run.watch(leg);
        Optional<Slot> slot = leg.track.last();
        if (leg.missing) {
            run.enter(leg, Step.STRAYED, "its node has no such slot any more");
        } else if (slot.isPresent()) {
            judge(leg, slot.get());
        }
    }

    private void judge(Leg leg, Slot slot) {
        if (slot.version().equals(leg.to) && slot.algorithm().equals(run.plan.algorithm())) {
            passed.add(leg);
        } else {
            run.enter(
                    leg,
                    Step.STRAYED,
                    "it serves " + slot.algorithm() + " " + slot.version()
                            + " now: somebody has swapped it, or its container came back so");
        }
    }
}

package ioverlay.observer.rollout;

import com.google.gson.JsonElement;
import ioverlay.api.observer.Rollout.State;
import ioverlay.api.observer.Rollout.Step;
import java.util.List;
import java.util.Optional;

/** The way back: every slot that was touched serves the version again that it had, and no shadow runs on. */
final class Back {
    private final Run run;

    Back(Run run) {
        this.run = run;
    }

    void step(long nowMs) {
        run.legs.forEach(leg -> {
            run.guard(leg, () -> advance(leg, nowMs));
            late(leg);
        });
        if (run.legs.stream().allMatch(Back::isOver)) {
            end();
        }
    }

    private void end() {
        List<Leg> stuck = run.legs.stream().filter(leg -> leg.stuck).toList();
        long returned =
                run.legs.stream().filter(leg -> leg.step == Step.RETURNED).count();
        String reason =
                run.sentence + "; " + Words.count(returned, "slot") + (returned == 1 ? " is" : " are") + " back";
        if (stuck.isEmpty()) {
            run.end(run.goal, reason);
        } else {
            run.end(State.FAILED, reason + ", not so: " + Words.names(stuck));
        }
    }

    /** One that is lost is waited for, unless it has ended. */
    private static boolean isOver(Leg leg) {
        if (!leg.touched) {
            return !leg.shadowing && leg.step != Step.BRINGING && leg.step != Step.LOST;
        }
        return leg.stuck
                || leg.step == Step.RETURNED
                || leg.step == Step.REFUSED
                || (leg.step == Step.LOST && leg.hasEnded());
    }

    private void advance(Leg leg, long nowMs) {
        if (isOver(leg)) {
            return;
        }
        if (!leg.touched) {
            untouched(leg, nowMs);
        } else if (leg.absentSinceMs != 0) {
            absent(leg);
        } else {
            run.watch(leg);
            if (leg.step == Step.RETURNING) {
                answered(leg, nowMs);
            } else {
                turn(leg, nowMs);
            }
        }
    }

    private void late(Leg leg) {
        if (isOver(leg)
                || run.waitedMs() <= Limits.COMEBACK_MS + run.plan.watch().toMillis()) {
            return;
        }
        if (leg.touched) {
            stick(leg, leg.step, "it did not go back in time");
        } else {
            notBegun(leg, "its shadow ends by itself");
        }
    }

    /** Nothing is to be taken back, but its shadow is to end: otherwise the next rollout's would be refused. */
    private void untouched(Leg leg, long nowMs) {
        if (!leg.shadowing) {
            notBegun(leg, "it was not begun");
        } else if (leg.absentSinceMs != 0) {
            if (leg.isLost(nowMs)) {
                notBegun(leg, leg.whyLost() + "; its shadow ends by itself");
            }
        } else if (leg.step != Step.RETURNING) {
            run.act(leg, Step.RETURNING, "its shadow is ended", run.orders.unshadow(leg));
        } else if (leg.ask.answer(nowMs).isPresent()) {
            notBegun(leg, "it was not begun; its shadow was ended");
        } else if (leg.ask.refusal().isPresent()) {
            notBegun(leg, "its shadow ends by itself: " + leg.ask.refusal().get());
        } else {
            run.ask(leg, run.orders.unshadow(leg));
        }
    }

    private void notBegun(Leg leg, String why) {
        leg.shadowing = false;
        run.enter(leg, leg.reason.isEmpty() ? Step.WAITING : Step.REFUSED, leg.reason.isEmpty() ? why : leg.reason);
    }

    private void absent(Leg leg) {
        if (leg.hasEnded()) {
            run.enter(leg, Step.LOST, "the node has ended");
        } else if (run.waitedMs() > Limits.COMEBACK_MS) {
            stick(leg, Step.LOST, "the node was not there to go back");
        }
    }

    /** Before a slot is told, it is looked at: it may be back by itself, or at another version, or not have gone over yet. */
    private void turn(Leg leg, long nowMs) {
        Optional<JsonElement> answer = leg.ask.answer(nowMs);
        if (answer.isPresent() && (leg.step == Step.SWAPPING || leg.step == Step.WATCHING)) {
            swapped(leg, SwapAnswer.of(answer.get()));
            return;
        }
        if (leg.missing) {
            stick(leg, Step.REFUSED, "its node has no such slot any more");
            return;
        }
        Optional<Slot> last = leg.track.last();
        if (last.isEmpty()) {
            return;
        }
        Slot slot = last.get();
        if (isElsewhere(slot)) {
            stick(leg, Step.REFUSED, leftSo(slot));
            return;
        }
        boolean isBack = slot.version().equals(leg.from);
        if (!slot.version().equals(leg.to) && !isBack) {
            stick(leg, Step.REFUSED, "it serves " + slot.version() + " now, and is left so");
        } else if (isBack && (leg.step == Step.SWITCHED || leg.step == Step.STRAYED)) {
            returned(leg, "it serves " + leg.from + " again");
        } else if (isBack && leg.ask.isUnderWay()) {
            return; // it says itself what became of its swap
        } else if (run.mayBegin()) {
            run.act(leg, Step.RETURNING, leg.sentence, run.orders.back(leg, slot));
            leg.track.clear();
        }
    }

    private void swapped(Leg leg, SwapAnswer answer) {
        leg.pauseMicros = answer.pauseMicros();
        leg.track.clear();
        leg.status.forget(); // it may tell of the time before
        switch (answer.outcome()) {
            case SWITCHED, SERVED -> run.enter(leg, Step.SWITCHED, answer.sentence());
            case RETURNED -> returned(leg, answer.sentence());
            case REFUSED -> run.enter(leg, Step.REFUSED, answer.sentence());
        }
    }

    /** Only its own answer says that it is back: the version that it serves may be the one before it goes over. */
    private void answered(Leg leg, long nowMs) {
        Optional<SwapAnswer> answer = leg.ask.answer(nowMs).map(SwapAnswer::of);
        if (answer.isPresent()) {
            switch (answer.get().outcome()) {
                case SWITCHED -> returned(leg, "it serves " + leg.from + " again");
                case SERVED -> returned(leg, "it serves " + leg.from);
                case RETURNED, REFUSED -> leg.ask.failed(nowMs, answer.get().sentence());
            }
        }
        if (leg.step != Step.RETURNING) {
            return;
        }
        Optional<String> refusal = leg.ask.refusal();
        if (refusal.isPresent()) {
            stick(leg, Step.REFUSED, "it does not go back: " + refusal.get());
        } else {
            leg.track.last().ifPresent(slot -> again(leg, slot));
        }
    }

    /** Asks again, unless it was answered and somebody has swapped the slot since. */
    private void again(Leg leg, Slot slot) {
        if (isElsewhere(slot) && !leg.ask.isUnderWay()) {
            stick(leg, Step.REFUSED, leftSo(slot));
        } else {
            run.ask(leg, run.orders.back(leg, slot));
        }
    }

    /** Versions of two algorithms may be called the same. */
    private boolean isElsewhere(Slot slot) {
        return !slot.algorithm().equals(run.plan.algorithm());
    }

    private static String leftSo(Slot slot) {
        return "it serves " + slot.algorithm() + " " + slot.version() + " now, and is left so";
    }

    private void returned(Leg leg, String how) {
        run.enter(leg, Step.RETURNED, leg.reason.isEmpty() || how.equals(leg.reason) ? how : leg.reason + "; " + how);
    }

    private void stick(Leg leg, Step step, String why) {
        leg.stuck = true;
        run.enter(leg, step, why);
    }
}

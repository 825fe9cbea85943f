package ioverlay.observer.rollout;

import com.google.gson.JsonElement;
import ioverlay.api.observer.Rollout.State;
import ioverlay.api.observer.Rollout.Step;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** The way back: every slot that was touched serves the version again that it had. */
final class Back {
    private static final int MOST_NAMES = 5;

    private final Run run;

    Back(Run run) {
        this.run = run;
    }

    static String names(List<Leg> legs) {
        return legs.stream().limit(MOST_NAMES).map(Leg::label).collect(Collectors.joining(", "))
                + (legs.size() > MOST_NAMES ? " and " + (legs.size() - MOST_NAMES) + " more" : "");
    }

    void step(long nowMs) {
        run.legs.forEach(leg -> advance(leg, nowMs));
        if (run.legs.stream().allMatch(Back::isOver)) {
            end();
        }
    }

    private void end() {
        List<Leg> stuck = run.legs.stream().filter(leg -> leg.stuck).toList();
        long returned =
                run.legs.stream().filter(leg -> leg.step == Step.RETURNED).count();
        String reason = run.sentence + "; " + returned + (returned == 1 ? " slot is" : " slots are") + " back";
        if (stuck.isEmpty()) {
            run.end(run.goal, reason);
        } else {
            run.end(State.FAILED, reason + ", not so: " + names(stuck));
        }
    }

    /** One that is lost is waited for, unless it has ended. */
    private static boolean isOver(Leg leg) {
        return !leg.touched
                || leg.stuck
                || leg.step == Step.RETURNED
                || leg.step == Step.REFUSED
                || (leg.step == Step.LOST && leg.ended);
    }

    private void advance(Leg leg, long nowMs) {
        if (!leg.touched && (leg.step == Step.BRINGING || leg.step == Step.SHADOW)) {
            run.enter(leg, Step.WAITING, "it was not begun");
        }
        if (isOver(leg)) {
            return;
        }
        if (leg.absentSinceMs != 0) {
            absent(leg);
            return;
        }
        run.watch(leg);
        if (leg.step == Step.RETURNING) {
            answered(leg, nowMs);
        } else {
            turn(leg, nowMs);
        }
        if (!isOver(leg)
                && run.waitedMs() > Limits.COMEBACK_MS + run.plan.watch().toMillis()) {
            stick(leg, leg.step, "it did not go back in time");
        }
    }

    private void absent(Leg leg) {
        if (leg.ended) {
            run.enter(leg, Step.LOST, "the node has ended");
        } else if (run.waitedMs() > Limits.COMEBACK_MS) {
            stick(leg, Step.LOST, "the node was not there to go back");
        }
    }

    /** Before a slot is told, it is looked at: it may be back by itself, or at another version, or not have gone over yet. */
    private void turn(Leg leg, long nowMs) {
        boolean asked = leg.ask.isUnderWay();
        Optional<JsonElement> answer = leg.ask.answer(nowMs);
        if (answer.isPresent() && (leg.step == Step.SWAPPING || leg.step == Step.WATCHING)) {
            swapped(leg, SwapAnswer.of(answer.get()));
            return;
        }
        Optional<Slot> last = leg.track.last();
        if (last.isEmpty()) {
            return;
        }
        Slot slot = last.get();
        if (slot.version().equals(leg.to)) {
            if (run.mayBegin()) {
                run.act(leg, Step.RETURNING, leg.sentence, run.orders.back(leg, slot));
                leg.track.clear();
            }
        } else if (!slot.version().equals(leg.from)) {
            stick(leg, Step.REFUSED, "it serves " + slot.version() + " now, and is left so");
        } else if (leg.step == Step.SWITCHED || (!asked && run.waitedMs() >= Limits.SETTLE_MS)) {
            run.enter(leg, Step.RETURNED, "it serves " + leg.from);
        }
    }

    private void swapped(Leg leg, SwapAnswer answer) {
        leg.pauseMicros = answer.pauseMicros();
        leg.track.clear();
        leg.status.forget(); // it may tell of the time before
        switch (answer.outcome()) {
            case SWITCHED, SERVED -> run.enter(leg, Step.SWITCHED, answer.sentence());
            case RETURNED -> run.enter(leg, Step.RETURNED, answer.sentence());
            case REFUSED -> run.enter(leg, Step.REFUSED, answer.sentence());
        }
    }

    private void answered(Leg leg, long nowMs) {
        Optional<SwapAnswer> answer = leg.ask.answer(nowMs).map(SwapAnswer::of);
        if (answer.isPresent()) {
            switch (answer.get().outcome()) {
                case SWITCHED, SERVED -> run.enter(leg, Step.RETURNED, leg.sentence);
                case RETURNED, REFUSED -> leg.ask.failed(nowMs, answer.get().sentence());
            }
        }
        if (leg.step != Step.RETURNING) {
            return;
        }
        Optional<Slot> last = leg.track.last();
        if (!leg.ask.isUnderWay() && last.isPresent() && last.get().version().equals(leg.from)) {
            run.enter(leg, Step.RETURNED, leg.sentence); // it was told by an observer that is no more
        } else if (leg.ask.refusal().isPresent()) {
            stick(leg, Step.REFUSED, "it does not go back: " + leg.ask.refusal().get());
        } else {
            last.ifPresent(slot -> run.ask(leg, run.orders.back(leg, slot)));
        }
    }

    private void stick(Leg leg, Step step, String why) {
        leg.stuck = true;
        run.enter(leg, step, why);
    }
}

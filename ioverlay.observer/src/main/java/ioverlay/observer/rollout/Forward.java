package ioverlay.observer.rollout;

import ioverlay.api.observer.Rollout.State;
import ioverlay.api.observer.Rollout.Step;
import ioverlay.api.observer.RolloutPlan.Strategy;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The way to the new version: wave after wave, each slot from waiting to switched. */
final class Forward {
    private final Run run;
    private final Bringing bringing;
    private final Rehearsal rehearsal;
    private final Check check;

    Forward(Run run) {
        this.run = run;
        this.bringing = new Bringing(run);
        this.rehearsal = new Rehearsal(run);
        this.check = new Check(run);
    }

    /** Whether it is asked now what it serves, and has not said so yet. */
    boolean isChecking(Leg leg) {
        return check.isAsking(leg);
    }

    void step(long nowMs) {
        for (Leg leg : run.legs) {
            if (leg.wave <= run.wave && run.state != State.RETURNING) {
                run.guard(leg, () -> advance(leg, nowMs));
                late(leg, nowMs);
            }
        }
        if (run.state != State.RUNNING || !isWaveDone()) {
            check.reset();
        } else if (run.wave < run.waves()) {
            run.wave++;
            run.say("wave " + run.wave + " of " + run.waves() + " begins; " + serve(), run.who());
        } else {
            end(nowMs);
        }
    }

    private boolean isWaveDone() {
        return run.legs.stream()
                .filter(leg -> leg.wave <= run.wave)
                .allMatch(leg -> leg.step == Step.SWITCHED || leg.step == Step.LOST || leg.step == Step.STRAYED);
    }

    private String serve() {
        return in(Step.SWITCHED).size() + " of " + run.legs.size() + " slots serve " + what();
    }

    private String what() {
        return run.plan.algorithm() + " " + run.plan.version();
    }

    private List<Leg> in(Step step) {
        return run.legs.stream().filter(leg -> leg.step == step).toList();
    }

    /** All have gone over, or cannot: lost ones are waited for, and then all are asked where they are. */
    private void end(long nowMs) {
        List<Leg> lost = in(Step.LOST);
        boolean awaited = lost.stream().anyMatch(leg -> !leg.hasEnded());
        if (awaited && run.waitedMs() < Limits.COMEBACK_MS) {
            check.reset(); // much may happen until the end
            if (!run.patience.isWaiting()) {
                run.await();
                run.say(serve() + "; waits for lost nodes: " + Words.names(lost), run.who());
            }
        } else if (check.isDone(nowMs)) {
            List<Leg> strayed = in(Step.STRAYED);
            if (lost.isEmpty() && strayed.isEmpty()) {
                run.end(
                        State.COMPLETED,
                        run.legs.size() == 1
                                ? "its slot serves " + what()
                                : "all " + run.legs.size() + " slots serve " + what());
            } else {
                List<String> sentence = new ArrayList<>(List.of(serve()));
                if (!lost.isEmpty()) {
                    sentence.add("lost: " + Words.names(lost));
                }
                if (!strayed.isEmpty()) {
                    sentence.add("elsewhere: " + Words.names(strayed));
                }
                run.end(State.FAILED, String.join("; ", sentence));
            }
        }
    }

    private void advance(Leg leg, long nowMs) {
        if (leg.absentSinceMs != 0) {
            absent(leg, nowMs);
            return;
        }
        switch (leg.step) {
            case BRINGING, SHADOW, SWAPPING, WATCHING -> run.watch(leg);
            case WAITING, SWITCHED, RETURNING, RETURNED, REFUSED, LOST, STRAYED -> {}
        }
        switch (leg.step) {
            case WAITING -> {
                if (run.state == State.RUNNING && run.mayBegin()) {
                    run.enter(leg, Step.BRINGING, "");
                    leg.track.clear();
                    leg.missing = false;
                }
            }
            case BRINGING -> bringing(leg, nowMs);
            case SHADOW -> shadow(leg, nowMs);
            case SWAPPING, WATCHING -> swapping(leg, nowMs);
            case SWITCHED ->
                leg.track
                        .failures(run.plan.health(), leg.failedBefore)
                        .filter(why -> leg.touched)
                        .ifPresent(why -> broken(leg, why));
            case LOST -> {
                run.patience.end();
                run.enter(leg, leg.touched ? Step.SWAPPING : Step.WAITING, "it is back");
            }
            case RETURNING, RETURNED, REFUSED, STRAYED -> {}
        }
    }

    /** A pause stops the time of what waits for its end. */
    private void late(Leg leg, long nowMs) {
        boolean isPaused =
                run.state == State.PAUSED && (leg.step == Step.BRINGING || (leg.step == Step.SHADOW && leg.shadowed));
        if (isPaused) {
            leg.sinceMs = nowMs;
        }
        boolean isTimed = switch (leg.step) {
            case BRINGING, SHADOW, SWAPPING, WATCHING -> leg.absentSinceMs == 0;
            case WAITING, SWITCHED, RETURNING, RETURNED, REFUSED, LOST, STRAYED -> false;
        };
        if (!isTimed || run.state == State.RETURNING || nowMs - leg.sinceMs <= limitMs()) {
            return;
        }
        String why = "no answer within " + limitMs() / 1_000 + " s"
                + (leg.trouble.isEmpty() ? "" : ", and looking after it fails: " + leg.trouble);
        if (leg.touched) {
            broken(leg, why); // where it is, is found out on the way back
        } else {
            refuse(leg, why);
        }
    }

    private long limitMs() {
        return Limits.STEP_MS + run.plan.watch().toMillis() + run.plan.shadow().toMillis();
    }

    private void absent(Leg leg, long nowMs) {
        boolean settled = leg.step == Step.SWITCHED || leg.step == Step.LOST || leg.step == Step.STRAYED;
        if (settled || !leg.isLost(nowMs)) {
            return;
        }
        run.enter(leg, Step.LOST, leg.whyLost());
        if (run.plan.strategy() == Strategy.CANARY && leg.wave == 1) {
            broken(leg, leg.whyLost() + ", and it is a canary");
        }
    }

    /** The bundle goes to its container, and meanwhile the slot is looked at as it is before the switch. */
    private void bringing(Leg leg, long nowMs) {
        boolean isThere = bringing.isDone(leg, nowMs);
        Optional<String> refusal = bringing.refusal(leg);
        if (refusal.isPresent()) {
            refuse(leg, refusal.get());
            return;
        }
        if (leg.missing) {
            refuse(leg, "its node has no such slot any more");
            return;
        }
        Optional<Slot> last = leg.track.last();
        boolean isMeasured =
                (run.plan.health().leastThroughput() == 0 || run.plan.watch().isZero())
                        ? last.isPresent()
                        : leg.track.rate().isPresent();
        if (isThere && isMeasured && run.state == State.RUNNING) {
            begin(leg, last.orElseThrow());
        }
    }

    private void begin(Leg leg, Slot slot) {
        if (!slot.algorithm().equals(run.plan.algorithm())) {
            refuse(leg, "it serves " + slot.algorithm() + " now and not " + run.plan.algorithm());
            return;
        }
        if (slot.version().equals(leg.to)) {
            leg.from = leg.to;
            run.enter(leg, Step.SWITCHED, "it served " + leg.to + " already");
            return;
        }
        leg.from = slot.version();
        leg.failedBefore = slot.failed();
        leg.rateBefore = leg.track.rate().orElse(0.0);
        if (leg.wave == 1 && run.plan.shadow().isPositive() && !leg.shadowed) {
            run.act(leg, Step.SHADOW, "", run.orders.shadow(leg));
            leg.shadowing = true;
        } else {
            swap(leg, "");
        }
    }

    private void shadow(Leg leg, long nowMs) {
        if (leg.shadowed) {
            swap(leg, leg.sentence);
            return;
        }
        Optional<Rehearsal.Verdict> verdict = rehearsal.verdict(leg, nowMs);
        if (verdict.isPresent() && !verdict.get().isGood()) {
            refuse(leg, verdict.get().sentence());
        } else if (verdict.isPresent()) {
            run.enter(leg, Step.SHADOW, verdict.get().sentence());
            swap(leg, leg.sentence); // not while it is paused
        }
    }

    private void swap(Leg leg, String why) {
        if (run.state == State.RUNNING) {
            run.act(leg, Step.SWAPPING, why, run.orders.swap(leg));
            leg.touched = true;
            leg.track.clear();
        }
    }

    private void swapping(Leg leg, long nowMs) {
        leg.ask.answer(nowMs).ifPresent(answer -> {
            leg.answered = Optional.of(SwapAnswer.of(answer));
            leg.answeredMs = nowMs;
        });
        if (leg.answered.isPresent() && isSeen(leg, leg.answered.get(), nowMs)) {
            swapped(leg, leg.answered.get());
            return;
        }
        if (leg.answered.isEmpty()
                && !leg.ask.isUnderWay()
                && bringing.isDone(leg, nowMs)) { // its container may have begun anew, without it
            run.ask(leg, run.orders.swap(leg)); // again, with the same id
        }
        Optional<String> refusal = leg.ask.refusal().or(() -> bringing.refusal(leg));
        if (refusal.isPresent()) {
            broken(leg, refusal.get());
            return;
        }
        boolean serves =
                leg.track.last().filter(slot -> slot.version().equals(leg.to)).isPresent();
        if (leg.step == Step.SWAPPING && serves) {
            leg.track.clear(); // what it did before its switch
            run.enter(leg, Step.WATCHING, "");
        } else if (leg.step == Step.WATCHING) {
            judge(leg).ifPresent(why -> broken(leg, why));
        }
    }

    private long windowMs() {
        return Math.max(1, Math.min(Track.WINDOW_MS, run.plan.watch().toMillis() * 3 / 4));
    }

    /** Whether nothing more is to be seen of it: a short watch may be over before its throughput could be judged once. */
    private boolean isSeen(Leg leg, SwapAnswer answer, long nowMs) {
        return answer.outcome() != SwapAnswer.Outcome.SWITCHED
                || run.plan.watch().isZero()
                || run.plan.health().leastThroughput() == 0
                || Track.isIdle(leg.rateBefore)
                || (leg.step == Step.WATCHING && leg.track.spans(windowMs()))
                || nowMs - leg.answeredMs >= 2 * Track.WINDOW_MS;
    }

    private Optional<String> judge(Leg leg) {
        return leg.track
                .failures(run.plan.health(), leg.failedBefore)
                .or(() -> leg.track.throughput(run.plan.health(), leg.rateBefore, windowMs()));
    }

    private void swapped(Leg leg, SwapAnswer answer) {
        leg.pauseMicros = answer.pauseMicros();
        switch (answer.outcome()) {
            case SWITCHED, SERVED -> {
                Optional<String> bad = leg.step == Step.WATCHING ? judge(leg) : Optional.empty();
                long mostMicros = run.plan.health().pause().toNanos() / 1_000;
                run.enter(leg, Step.SWITCHED, answer.sentence());
                if (bad.isPresent()) {
                    broken(leg, bad.get());
                } else if (leg.pauseMicros.orElse(0) > mostMicros) {
                    broken(
                            leg,
                            "its switch paused it for " + leg.pauseMicros.getAsLong() + " us, and more than "
                                    + mostMicros + " us are too long");
                }
            }
            case RETURNED -> {
                run.enter(leg, Step.RETURNED, answer.sentence());
                broken(leg, answer.sentence());
            }
            case REFUSED -> refuse(leg, answer.sentence());
        }
    }

    private void refuse(Leg leg, String why) {
        run.enter(leg, Step.REFUSED, why);
        broken(leg, why);
    }

    private void broken(Leg leg, String why) {
        leg.reason = why;
        run.enter(leg, leg.step, why);
        run.turnBack(State.RETURNED, leg.label() + ": " + why, run.who());
    }
}

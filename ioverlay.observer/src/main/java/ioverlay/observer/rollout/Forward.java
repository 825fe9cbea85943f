package ioverlay.observer.rollout;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import ioverlay.api.observer.Rollout.State;
import ioverlay.api.observer.Rollout.Step;
import ioverlay.api.observer.RolloutPlan.Strategy;
import ioverlay.observer.fleet.Member;
import ioverlay.observer.repository.Kept;
import java.util.Optional;
import org.osgi.framework.Version;

/** The way to the new version: wave after wave, each slot from waiting to switched. */
final class Forward {
    private final Run run;

    Forward(Run run) {
        this.run = run;
    }

    void step(long nowMs) {
        for (Leg leg : run.legs) {
            if (leg.wave <= run.wave && run.state != State.RETURNING) {
                advance(leg, nowMs);
            }
        }
        if (run.state == State.RUNNING && isWaveDone()) {
            nextWave(nowMs);
        }
    }

    private boolean isWaveDone() {
        return run.legs.stream()
                .filter(leg -> leg.wave <= run.wave)
                .allMatch(leg -> leg.step == Step.SWITCHED || leg.step == Step.LOST);
    }

    private void nextWave(long nowMs) {
        long switched = count(Step.SWITCHED);
        if (run.wave < run.waves()) {
            run.wave++;
            run.say(
                    "wave " + run.wave + " of " + run.waves() + " begins; " + switched + " of " + run.legs.size()
                            + " slots serve " + run.plan.algorithm() + " " + run.plan.version(),
                    run.who());
            return;
        }
        long lost = count(Step.LOST);
        long awaited = run.legs.stream()
                .filter(leg -> leg.step == Step.LOST && !leg.ended)
                .count();
        if (lost == 0) {
            run.end(
                    State.COMPLETED,
                    "all " + switched + " slots serve " + run.plan.algorithm() + " " + run.plan.version());
        } else if (awaited > 0 && run.waitingSinceMs == 0) {
            run.waitingSinceMs = nowMs;
            run.say(
                    switched + " of " + run.legs.size() + " slots serve " + run.plan.algorithm() + " "
                            + run.plan.version() + "; waits for lost nodes: " + lost(),
                    run.who());
        } else if (awaited == 0 || run.waitedMs() >= Limits.COMEBACK_MS) {
            run.end(
                    State.FAILED,
                    switched + " of " + run.legs.size() + " slots serve " + run.plan.algorithm() + " "
                            + run.plan.version() + "; lost: " + lost());
        }
    }

    private long count(Step step) {
        return run.legs.stream().filter(leg -> leg.step == step).count();
    }

    private String lost() {
        return Back.names(run.legs.stream().filter(leg -> leg.step == Step.LOST).toList());
    }

    private void advance(Leg leg, long nowMs) {
        if (leg.absentSinceMs != 0) {
            absent(leg, nowMs);
            return;
        }
        if (leg.step != Step.WAITING && leg.step != Step.SWITCHED && leg.step != Step.LOST) {
            run.watch(leg);
        }
        switch (leg.step) {
            case WAITING -> {
                if (mayBegin()) {
                    run.enter(leg, Step.BRINGING, "");
                    leg.track.clear();
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
                run.waitingSinceMs = 0;
                run.enter(leg, leg.touched ? Step.SWAPPING : Step.WAITING, "it is back");
            }
            case RETURNING, RETURNED, REFUSED -> {}
        }
        if (run.state == State.PAUSED && leg.step == Step.BRINGING) {
            leg.sinceMs = nowMs;
        }
        if (leg.step != Step.WAITING && leg.step != Step.SWITCHED && nowMs - leg.sinceMs > limitMs()) {
            String why = "no answer within " + limitMs() / 1_000 + " s";
            if (leg.touched) {
                broken(leg, why); // where it is, is found out on the way back
            } else {
                refuse(leg, why);
            }
        }
    }

    private long limitMs() {
        return Limits.STEP_MS + run.plan.watch().toMillis() + run.plan.shadow().toMillis();
    }

    private boolean mayBegin() {
        return run.state == State.RUNNING && run.mayBegin();
    }

    private void absent(Leg leg, long nowMs) {
        boolean settled = leg.step == Step.SWITCHED || leg.step == Step.LOST;
        if (settled || (!leg.ended && nowMs - leg.absentSinceMs < Limits.LOST_MS)) {
            return;
        }
        String why = leg.ended ? "the node has ended" : "the node is away for " + Limits.LOST_MS / 1_000 + " s";
        run.enter(leg, Step.LOST, why);
        if (run.plan.strategy() == Strategy.CANARY && leg.wave == 1) {
            broken(leg, why + ", and it is a canary");
        }
    }

    /** The bundle goes to its container, and meanwhile the slot is looked at as it is before the switch. */
    private void bringing(Leg leg, long nowMs) {
        boolean isThere = broughtTo(leg, nowMs);
        Optional<Slot> last = leg.track.last();
        boolean isMeasured =
                (run.plan.health().leastThroughput() == 0 || run.plan.watch().isZero())
                        ? last.isPresent()
                        : leg.track.rate().isPresent();
        if (!isThere || !isMeasured || run.state != State.RUNNING || leg.step != Step.BRINGING) {
            return;
        }
        Slot slot = last.orElseThrow();
        if (!slot.algorithm().equals(run.plan.algorithm())) {
            refuse(leg, "it serves " + slot.algorithm() + " now and not " + run.plan.algorithm());
        } else if (slot.version().equals(leg.to)) {
            leg.from = leg.to;
            run.enter(leg, Step.SWITCHED, "it served " + leg.to + " already");
        } else {
            leg.from = slot.version();
            leg.failedBefore = slot.failed();
            leg.rateBefore = leg.track.rate().orElse(0.0);
            if (leg.wave == 1 && run.plan.shadow().isPositive() && !leg.shadowed) {
                run.act(leg, Step.SHADOW, "", run.orders.shadow(leg));
            } else {
                swap(leg, "");
            }
        }
    }

    private boolean broughtTo(Leg leg, long nowMs) {
        Optional<Kept> kept =
                run.around.bundles().offering(run.plan.algorithm(), Version.parseVersion(run.plan.version()));
        Optional<String> home = run.member(leg).map(Member::home);
        if (kept.isEmpty() || home.isEmpty()) {
            return home.isPresent(); // containers had it when this began
        }
        if (run.isAt(home.get())) {
            return true;
        }
        Ask ask = run.bring(
                home.get(),
                () -> run.around
                        .fleet()
                        .bring(home.get(), kept.get().file(), kept.get().sha256(), run.who()));
        if (ask.answer(nowMs).isPresent()) {
            run.at(home.get());
            return true;
        }
        ask.refusal().ifPresent(why -> refuse(leg, "its container refuses the bundle: " + why));
        return false;
    }

    private void shadow(Leg leg, long nowMs) {
        Optional<JsonElement> answer = leg.ask.answer(nowMs);
        if (leg.shadowed) {
            swap(leg, leg.sentence);
        } else if (answer.isPresent()) {
            judgeShadow(leg, answer.get());
        } else if (leg.ask.refusal().isPresent()) {
            // One that an observer asked for which is no more may still run, and keeps another from beginning.
            if (leg.resumed && nowMs - leg.sinceMs < run.plan.shadow().toMillis() + Limits.LOST_MS) {
                leg.ask.insist();
            } else {
                refuse(leg, "its shadow was refused: " + leg.ask.refusal().get());
            }
        } else {
            run.ask(leg, run.orders.shadow(leg));
        }
    }

    /** What differs is told; what throws ends the rollout, before any node has noticed. */
    private void judgeShadow(Leg leg, JsonElement answer) {
        JsonObject report = answer.isJsonObject() ? answer.getAsJsonObject() : new JsonObject();
        long failed = Slot.number(report, "failed");
        String sentence = "in the shadow " + Slot.number(report, "compared") + " calls compared, "
                + Slot.number(report, "differed") + " differed, " + failed + " failed, "
                + Slot.number(report, "missed") + " missed";
        leg.shadowed = true;
        if (failed > 0) {
            refuse(leg, sentence);
        } else if (run.state == State.RUNNING) {
            swap(leg, sentence);
        } else {
            run.enter(leg, Step.SHADOW, sentence); // paused
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
        Optional<JsonElement> answer = leg.ask.answer(nowMs);
        if (answer.isPresent()) {
            swapped(leg, SwapAnswer.of(answer.get()));
            return;
        }
        leg.ask.refusal().ifPresent(why -> broken(leg, why));
        run.ask(leg, run.orders.swap(leg)); // again, with the same id, if it is not asked already
        boolean serves =
                leg.track.last().filter(slot -> slot.version().equals(leg.to)).isPresent();
        if (leg.step == Step.SWAPPING && serves) {
            leg.track.clear(); // what it did before its switch
            run.enter(leg, Step.WATCHING, "");
        } else if (leg.step == Step.WATCHING) {
            judge(leg).ifPresent(why -> broken(leg, why));
        }
    }

    private Optional<String> judge(Leg leg) {
        long windowMs = Math.min(Track.WINDOW_MS, run.plan.watch().toMillis() * 3 / 4);
        return leg.track
                .failures(run.plan.health(), leg.failedBefore)
                .or(() -> leg.track.throughput(run.plan.health(), leg.rateBefore, Math.max(windowMs, 1)));
    }

    private void swapped(Leg leg, SwapAnswer answer) {
        leg.pauseMicros = answer.pauseMicros();
        switch (answer.outcome()) {
            case SWITCHED, SERVED -> {
                long mostMicros = run.plan.health().pause().toNanos() / 1_000;
                run.enter(leg, Step.SWITCHED, answer.sentence());
                if (leg.pauseMicros.orElse(0) > mostMicros) {
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
        leg.sentence = why;
        run.turnBack(State.RETURNED, leg.label() + ": " + why, run.who());
    }
}

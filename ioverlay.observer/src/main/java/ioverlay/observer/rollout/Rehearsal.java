package ioverlay.observer.rollout;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.util.Optional;

/** What a version does in the shadow, before it serves. */
final class Rehearsal {
    private final Run run;

    Rehearsal(Run run) {
        this.run = run;
    }

    /** Asks for it, or again for the one that runs, until it has told how it went. */
    Optional<Verdict> verdict(Leg leg, long nowMs) {
        Optional<JsonElement> answer = leg.ask.answer(nowMs);
        if (answer.isPresent()) {
            leg.shadowing = false;
            leg.shadowed = true;
            return Optional.of(Verdict.of(answer.get()));
        }
        Optional<String> refusal = leg.ask.refusal();
        if (refusal.isPresent()) {
            leg.shadowing = false;
            return Optional.of(new Verdict(false, "its shadow was refused: " + refusal.get()));
        }
        run.ask(leg, run.orders.shadow(leg));
        return Optional.empty();
    }

    /**
     * How it went. What differs is told; what throws is too bad.
     *
     * @param isGood whether the version may serve
     * @param sentence for a person
     */
    record Verdict(boolean isGood, String sentence) {
        private static Verdict of(JsonElement answer) {
            JsonObject report = answer.isJsonObject() ? answer.getAsJsonObject() : new JsonObject();
            long failed = Slot.number(report, "failed");
            return new Verdict(
                    failed == 0,
                    "in the shadow " + Slot.number(report, "compared") + " calls compared, "
                            + Slot.number(report, "differed") + " differed, " + failed + " failed, "
                            + Slot.number(report, "missed") + " missed");
        }
    }
}

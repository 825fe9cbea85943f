package ioverlay.observer.rollout;

import com.google.gson.JsonElement;
import ioverlay.api.observer.Rollout.Step;
import ioverlay.observer.fleet.Fleet;
import ioverlay.observer.fleet.Member;
import java.util.Optional;

/** Whether nodes are there, and what their slots do. */
final class Lookout {
    private final Fleet fleet;

    Lookout(Fleet fleet) {
        this.fleet = fleet;
    }

    /** The leg's node, if it can be told something now. */
    Optional<Member> member(Leg leg) {
        return fleet.member(leg.node.toString()).filter(member -> member.state() == Member.State.LIVE);
    }

    /**
     * Takes in what was answered.
     *
     * @param polledWillDo whether what the fleet asks for anyway says enough of a slot that has switched
     */
    void look(Leg leg, long nowMs, boolean polledWillDo) {
        Optional<Member> member = member(leg);
        if (member.isEmpty()) {
            if (leg.absentSinceMs == 0) {
                leg.absentSinceMs = nowMs;
                leg.ask.forget();
                leg.status.forget();
                leg.track.clear();
            }
            return;
        }
        if (leg.absentSinceMs != 0) {
            leg.absentSinceMs = 0;
            leg.sinceMs = nowMs;
        }
        Optional<JsonElement> answer = leg.status.answer(nowMs).filter(JsonElement::isJsonObject);
        if (answer.isPresent()) {
            Optional<Slot> slot = Slot.of(answer.get().getAsJsonObject(), leg.application);
            leg.missing = slot.isEmpty();
            slot.ifPresent(leg.track::add);
        } else if (leg.step == Step.SWITCHED && polledWillDo) {
            Slot.of(member.get().status(), leg.application).ifPresent(leg.track::add);
        }
    }

    /** Asks a node what it does, if that was long ago; the more are asked, the less often each. */
    void ask(Leg leg, long nowMs, long active) {
        if (nowMs - leg.lookedMs >= Math.max(Limits.LOOK_MS, active * Limits.LOOK_EACH_MS)
                && !leg.status.isUnderWay()) {
            leg.lookedMs = nowMs;
            leg.status.ask(nowMs, () -> fleet.order(leg.node, Orders.status(), ""));
        }
    }
}

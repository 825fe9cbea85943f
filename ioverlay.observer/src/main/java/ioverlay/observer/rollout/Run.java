package ioverlay.observer.rollout;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import ioverlay.api.NodeId;
import ioverlay.api.observer.Rollout;
import ioverlay.api.observer.Rollout.State;
import ioverlay.api.observer.Rollout.Step;
import ioverlay.api.observer.RolloutPlan;
import ioverlay.observer.fleet.Happening;
import ioverlay.observer.fleet.Member;
import ioverlay.observer.history.HistoryException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/**
 * One rollout: where it stands, and what is common to its way there and back. It is a machine that is looked after ten times a
 * second: each {@link #step} hears what was answered, decides, writes down what it is about to do, and only then asks for it.
 *
 * <p><b>Threads:</b> one at a time, of {@link RolloutDesk}.
 */
final class Run {
    private static final Logger LOG = System.getLogger(Run.class.getName());

    final long id;
    final String key;
    final RolloutPlan plan;
    final Instant started;
    final List<Leg> legs;
    final Surroundings around;
    final Orders orders;

    State state = State.RUNNING;

    /** How it ends when all are back. */
    State goal = State.RETURNED;

    String sentence = "";
    Optional<Instant> ended = Optional.empty();
    int wave = 1;

    /** Since when it only waits for nodes that are lost, or goes back; 0 if it does neither. */
    long waitingSinceMs;

    private final Forward forward = new Forward(this);
    private final Back back = new Back(this);
    private final Map<String, Ask> brings = new HashMap<>();
    private final Set<String> homesThatHaveIt = new HashSet<>();
    private final List<Deed> deeds = new ArrayList<>();
    private boolean changed;
    private boolean unwritten;
    private final long begunMs;
    private long nowMs;
    private long active;
    private long underWay;

    /** Something to ask for as soon as it is written down. */
    private record Deed(Leg leg, Step before, String sentenceBefore, boolean touchedBefore, Runnable doing) {
        void undo() {
            leg.step = before;
            leg.sentence = sentenceBefore;
            leg.touched = touchedBefore;
        }
    }

    Run(long id, String key, RolloutPlan plan, Instant started, List<Leg> legs, Surroundings around) {
        this.id = id;
        this.key = key;
        this.plan = plan;
        this.started = started;
        this.legs = List.copyOf(legs);
        this.around = around;
        this.orders = new Orders(plan, key);
        this.begunMs = around.clock().millis();
        this.nowMs = begunMs;
        legs.forEach(leg -> leg.sinceMs = begunMs);
    }

    String who() {
        return "rollout " + id;
    }

    int waves() {
        return legs.stream().mapToInt(leg -> leg.wave).max().orElse(1);
    }

    /**
     * Hears, decides, writes down, asks.
     *
     * @return whether it stands elsewhere now
     */
    boolean step(Set<NodeId> gone) {
        nowMs = around.clock().millis();
        if (!state.isEnd()) {
            legs.forEach(leg -> look(leg, gone));
            active = legs.stream().filter(Run::isActive).count();
            underWay = legs.stream()
                    .filter(leg -> isActive(leg) && leg.step != Step.WATCHING)
                    .count();
            switch (state) {
                case RUNNING, PAUSED -> forward.step(nowMs);
                case RETURNING -> back.step(nowMs);
                case COMPLETED, RETURNED, ABORTED, FAILED -> {}
            }
        }
        return writeDown();
    }

    private void look(Leg leg, Set<NodeId> gone) {
        leg.ended = gone.contains(leg.node);
        Optional<Member> member = member(leg);
        if (member.isEmpty()) {
            if (leg.absentSinceMs == 0) {
                leg.absentSinceMs = nowMs;
                leg.ask.forget();
                leg.status.forget();
                leg.track.clear();
            }
        } else {
            if (leg.absentSinceMs != 0) {
                leg.absentSinceMs = 0;
                leg.sinceMs = nowMs;
                leg.resumed = true;
            }
            if (leg.step == Step.SWITCHED && state != State.RETURNING) {
                Slot.of(member.get().status(), leg.application).ifPresent(leg.track::add);
            } else {
                leg.status
                        .answer(nowMs)
                        .filter(JsonElement::isJsonObject)
                        .flatMap(json -> Slot.of(json.getAsJsonObject(), leg.application))
                        .ifPresent(leg.track::add);
            }
        }
    }

    /** The leg's node, if it can be told something now. */
    Optional<Member> member(Leg leg) {
        return around.fleet().member(leg.node.toString()).filter(member -> member.state() == Member.State.LIVE);
    }

    /** Asks a node what it does, if that was long ago. */
    void watch(Leg leg) {
        if (nowMs - leg.lookedMs >= Math.max(Limits.LOOK_MS, active * Limits.LOOK_EACH_MS)
                && !leg.status.isUnderWay()) {
            leg.lookedMs = nowMs;
            leg.status.ask(nowMs, () -> around.fleet().order(leg.node, Orders.status(), ""));
        }
    }

    private static boolean isActive(Leg leg) {
        return switch (leg.step) {
            case BRINGING, SHADOW, SWAPPING, WATCHING, RETURNING -> true;
            case WAITING, SWITCHED, RETURNED, REFUSED, LOST -> false;
        };
    }

    /** Whether another slot may be brought to a switch, or back; then it is counted. */
    boolean mayBegin() {
        if (underWay >= Limits.MAX_UNDER_WAY) {
            return false;
        }
        underWay++;
        return true;
    }

    /** How long it has waited for lost nodes or gone back, and could have: nobody does while there is no observer. */
    long waitedMs() {
        return nowMs - Math.max(waitingSinceMs, begunMs);
    }

    /** Whether that container has the bundle. */
    boolean isAt(String home) {
        return homesThatHaveIt.contains(home);
    }

    /** That container has it. */
    void at(String home) {
        homesThatHaveIt.add(home);
    }

    /** The bundle's way into a container: asked once, for all of its nodes. */
    Ask bring(String home, Supplier<CompletableFuture<JsonElement>> question) {
        Ask ask = brings.computeIfAbsent(home, any -> new Ask());
        ask.ask(nowMs, question);
        return ask;
    }

    /** Enters a step. It is written down before the next thing that is asked for. */
    void enter(Leg leg, Step step, String why) {
        leg.enter(step, why, nowMs);
        changed = true;
    }

    /** Enters a step that asks for something: once that is written down. */
    void act(Leg leg, Step step, String why, JsonObject order) {
        act(leg, step, why, () -> ask(leg, order));
    }

    void act(Leg leg, Step step, String why, Runnable doing) {
        deeds.add(new Deed(leg, leg.step, leg.sentence, leg.touched, doing));
        enter(leg, step, why);
    }

    /** Asks what was written down before, perhaps by an observer that is no more. */
    void ask(Leg leg, JsonObject order) {
        leg.ask.ask(nowMs, () -> around.fleet().order(leg.node, order, who()));
    }

    /** Says where it stands. */
    void say(String now, String asker) {
        sentence = now;
        changed = true;
        JsonObject detail = new JsonObject();
        detail.addProperty("rollout", id);
        detail.addProperty("state", RolloutJson.word(state));
        around.log()
                .add(new Happening(
                        Instant.ofEpochMilli(nowMs), "rollout", "", "", asker, "rollout " + id + ": " + now, detail));
    }

    /** Turns round: every slot that was touched goes back. */
    void turnBack(State newGoal, String why, String asker) {
        if (state == State.RETURNING) {
            return;
        }
        state = State.RETURNING;
        goal = newGoal;
        waitingSinceMs = nowMs;
        deeds.forEach(Deed::undo);
        deeds.clear();
        legs.forEach(leg -> leg.track.clear()); // only what is seen from now on says where a slot is
        say(why, asker);
    }

    void end(State end, String why) {
        state = end;
        ended = Optional.of(Instant.ofEpochMilli(nowMs));
        say(why, who());
    }

    /** Writes down what has changed, then does what waits for that; if it cannot be written, nothing is done. */
    boolean writeDown() {
        if (!changed) {
            return false;
        }
        try {
            around.documents().put(RolloutDesk.KIND, Long.toString(id), Written.of(this));
            unwritten = false;
        } catch (HistoryException e) {
            deeds.forEach(Deed::undo);
            deeds.clear();
            if (!unwritten) {
                LOG.log(Level.WARNING, "rollout {0} waits: it cannot be written down: {1}", id, e.getMessage());
            }
            unwritten = true;
            return false;
        }
        changed = false;
        deeds.forEach(deed -> deed.doing().run());
        deeds.clear();
        return true;
    }

    /** Whether all that was decided is written down. */
    boolean isWritten() {
        return !changed;
    }

    Rollout rollout() {
        List<List<NodeId>> waves = new ArrayList<>();
        for (int number = 1; number <= waves(); number++) {
            Set<NodeId> nodes = new LinkedHashSet<>();
            for (Leg leg : legs) {
                if (leg.wave == number) {
                    nodes.add(leg.node);
                }
            }
            waves.add(List.copyOf(nodes));
        }
        String now = unwritten ? sentence + " (it waits: it cannot be written down)" : sentence;
        return new Rollout(
                id,
                state,
                plan,
                now,
                started,
                ended,
                waves,
                wave,
                legs.stream().map(Leg::visit).toList());
    }
}

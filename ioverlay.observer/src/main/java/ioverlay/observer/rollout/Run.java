package ioverlay.observer.rollout;

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
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Collectors;

/**
 * One rollout: where it stands, and what is common to its way there and back. It is a machine that is looked after ten times a
 * second: each {@link #step} hears what was answered, decides, writes down what it is about to do, and only then asks for it.
 *
 * <p><b>Threads:</b> whoever has its {@link #turn}; {@link #heard} any.
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

    /** Who has it may look after it. It is kept while the disk writes, so nobody waits for it without an end. */
    final ReentrantLock turn = new ReentrantLock();

    final Patience patience = new Patience();

    State state = State.RUNNING;

    /** How it ends when all are back. */
    State goal = State.RETURNED;

    String sentence = "";
    Optional<Instant> ended = Optional.empty();
    int wave = 1;

    private final Map<NodeId, List<Leg>> legsOf;
    private final Lookout lookout;
    private final Forward forward = new Forward(this);
    private final Back back = new Back(this);
    private final Deeds deeds = new Deeds();
    private boolean changed;
    private boolean unwritten;
    private long nowMs;
    private long writtenMs;
    private long active;
    private long underWay;

    Run(long id, String key, RolloutPlan plan, Instant started, List<Leg> legs, Surroundings around) {
        this.id = id;
        this.key = key;
        this.plan = plan;
        this.started = started;
        this.legs = List.copyOf(legs);
        this.legsOf = legs.stream().collect(Collectors.groupingBy(leg -> leg.node));
        this.around = around;
        this.orders = new Orders(plan, key);
        this.lookout = new Lookout(around.fleet());
        this.nowMs = around.upMillis().getAsLong();
        legs.forEach(leg -> leg.sinceMs = nowMs);
    }

    String who() {
        return "rollout " + id;
    }

    int waves() {
        return legs.stream().mapToInt(leg -> leg.wave).max().orElse(1);
    }

    /** Something about a node that may be one of its own. */
    void heard(NodeId node, Member.State now) {
        legsOf.getOrDefault(node, List.of()).forEach(leg -> leg.heard(now));
    }

    /**
     * Hears, decides, writes down, asks.
     *
     * @return whether it stands elsewhere now
     */
    boolean step() {
        nowMs = around.upMillis().getAsLong();
        if (!state.isEnd()) {
            try {
                decide();
            } catch (RuntimeException e) {
                deeds.undo(); // what is not written down is not asked for, not at the next step either
                throw e;
            }
        }
        if (patience.isWaiting() && !state.isEnd() && nowMs - writtenMs >= Limits.NOTE_MS) {
            changed = true; // how long it has waited: the next observer goes on with that
        }
        return writeDown();
    }

    private void decide() {
        legs.forEach(leg ->
                guard(leg, () -> lookout.look(leg, nowMs, state != State.RETURNING && !forward.isChecking(leg))));
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

    /** Looks after one leg. If that fails it stands where it did, the others go on, and its time runs on. */
    void guard(Leg leg, Runnable work) {
        Runnable undo = leg.mark();
        try {
            work.run();
        } catch (RuntimeException e) {
            // What containers answer is foreign: one slot that cannot be looked after holds up no other.
            deeds.forget(leg);
            undo.run();
            if (leg.trouble.isEmpty()) {
                LOG.log(Level.WARNING, "rollout " + id + " stumbled at " + leg.label(), e);
            }
            leg.trouble = String.valueOf(e);
        }
    }

    /** The leg's node, if it can be told something now. */
    Optional<Member> member(Leg leg) {
        return lookout.member(leg);
    }

    /** Asks a node what it does, if that was long ago. */
    void watch(Leg leg) {
        lookout.ask(leg, nowMs, active);
    }

    private static boolean isActive(Leg leg) {
        return switch (leg.step) {
            case BRINGING, SHADOW, SWAPPING, WATCHING, RETURNING -> true;
            case WAITING, SWITCHED, RETURNED, REFUSED, LOST, STRAYED -> false;
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

    /** How long it only waits for nodes that are lost, or goes back. */
    long waitedMs() {
        return patience.waitedMs(nowMs);
    }

    /** Waits for lost nodes from now on. */
    void await() {
        patience.begin(nowMs, around.clock().millis());
    }

    /** Enters a step. It is written down before the next thing that is asked for. */
    void enter(Leg leg, Step step, String why) {
        leg.enter(step, why, nowMs);
        changed = true;
    }

    /** Enters a step that asks for something: once that is written down. */
    void act(Leg leg, Step step, String why, JsonObject order) {
        deeds.add(leg, () -> ask(leg, order));
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
        Instant time = around.clock().instant();
        try {
            around.log().add(new Happening(time, "rollout", "", "", asker, "rollout " + id + ": " + now, detail));
        } catch (RuntimeException e) {
            // The log only tells; what it cannot take is no reason to stop half-way.
            LOG.log(Level.WARNING, "rollout " + id + ": " + now + "; it is not in the log", e);
        }
    }

    /** Turns round: every slot that was touched goes back. */
    void turnBack(State newGoal, String why, String asker) {
        if (state == State.RETURNING) {
            return;
        }
        state = State.RETURNING;
        goal = newGoal;
        await();
        deeds.undo();
        legs.forEach(leg -> leg.track.clear()); // only what is seen from now on says where a slot is
        say(why, asker);
    }

    void end(State end, String why) {
        state = end;
        ended = Optional.of(around.clock().instant());
        say(why, who());
    }

    /** Writes down what has changed, then does what waits for that; if it cannot be written, nothing is done. */
    boolean writeDown() {
        if (!changed) {
            return false;
        }
        try {
            around.documents().put(Book.KIND, Long.toString(id), Written.of(this));
        } catch (HistoryException | IllegalArgumentException e) {
            deeds.undo();
            if (!unwritten) {
                LOG.log(Level.WARNING, "rollout {0} waits: it cannot be written down: {1}", id, e.getMessage());
            }
            unwritten = true;
            return false;
        }
        unwritten = false;
        changed = false;
        writtenMs = nowMs;
        deeds.act();
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

package ioverlay.observer.rollout;

import com.google.gson.JsonObject;
import ioverlay.api.NodeId;
import ioverlay.api.container.RefusedException;
import ioverlay.api.observer.Rollout;
import ioverlay.api.observer.Rollout.State;
import ioverlay.api.observer.RolloutPlan;
import ioverlay.api.observer.Rollouts;
import ioverlay.observer.fleet.Fleet;
import ioverlay.observer.fleet.Member;
import ioverlay.observer.history.HistoryException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/**
 * All rollouts: takes them in, takes up those that another observer left, and looks after those that are under way.
 *
 * <p><b>Threads:</b> any; one at a time steps. Its own, {@code overlay-rollouts}, looks after them from {@link #open} to
 * {@link #close}.
 */
public final class RolloutDesk implements Rollouts, AutoCloseable {
    /** Of the documents of rollouts. */
    static final String KIND = "rollout";

    private static final Logger LOG = System.getLogger(RolloutDesk.class.getName());
    private static final long STEP_MS = 100;
    private static final long IDLE_MS = 10_000;
    private static final long CLOSE_LIMIT_MS = 2_000;
    private static final int KEY_BYTES = 4;

    private final Surroundings around;
    private final Planner planner;
    private final Map<Long, Run> running = new TreeMap<>();
    /** What can be looked at, without waiting for a step. */
    private final ConcurrentSkipListMap<Long, Rollout> seen = new ConcurrentSkipListMap<>();

    private final List<Consumer<Rollout>> listeners = new CopyOnWriteArrayList<>();
    private final Set<NodeId> gone = ConcurrentHashMap.newKeySet();
    private final Set<NodeId> lost = ConcurrentHashMap.newKeySet();
    private final AutoCloseable hearing;
    private final Thread thread = Thread.ofVirtual().name("overlay-rollouts").unstarted(this::run);
    private long last;
    private boolean closed;

    /**
     * Reads what was written down.
     *
     * @throws HistoryException if that cannot be read
     */
    public RolloutDesk(Surroundings around) {
        this.around = around;
        planner = new Planner(around.fleet(), around.bundles());
        for (JsonObject json : around.documents().list(KIND)) {
            takeUp(json);
        }
        hearing = around.fleet().listen(new Fleet.Listener() {
            @Override
            public void changed(Member member) {
                heard(member);
            }
        });
    }

    /** Who was lost for so long that the fleet forgot it has not said that it ends: it may come back as it was. */
    private void heard(Member member) {
        switch (member.state()) {
            case LIVE -> {
                gone.remove(member.id());
                lost.remove(member.id());
            }
            case LOST -> lost.add(member.id());
            case GONE -> {
                if (!lost.remove(member.id())) {
                    gone.add(member.id());
                }
            }
        }
    }

    private void takeUp(JsonObject json) {
        try {
            Run run = Written.read(json, around);
            last = Math.max(last, run.id);
            seen.put(run.id, run.rollout());
            if (!run.state.isEnd()) {
                running.put(run.id, run);
            }
        } catch (RuntimeException e) {
            // What is on the disk is somebody else's writing: one rollout less, and the observer goes on.
            LOG.log(Level.WARNING, "a rollout that was written down is left out: {0}", e.toString());
        }
    }

    /** From now on they go on. */
    public void open() {
        thread.start();
    }

    private synchronized void run() {
        while (!closed) {
            try {
                step();
                wait(running.isEmpty() ? IDLE_MS : STEP_MS);
            } catch (InterruptedException e) {
                return;
            }
        }
    }

    /** Looks after all of them once. */
    synchronized void step() {
        for (Run run : List.copyOf(running.values())) {
            try {
                if (run.step(gone)) {
                    tell(run);
                }
            } catch (RuntimeException e) {
                // What containers answer is foreign; a rollout that stumbles over it is tried again at the next step.
                LOG.log(Level.WARNING, "rollout " + run.id + " stumbled", e);
            }
        }
        running.values().removeIf(run -> run.state.isEnd() && run.isWritten());
    }

    private Rollout tell(Run run) {
        Rollout rollout = run.rollout();
        seen.put(run.id, rollout);
        listeners.forEach(listener -> listener.accept(rollout));
        return rollout;
    }

    /** Calls it for each change, on the thread that made it; it is to return at once. */
    public void listen(Consumer<Rollout> listener) {
        listeners.add(listener);
    }

    @Override
    public Rollout start(RolloutPlan asked, String who) {
        RolloutPlan plan = PlanJson.parse(PlanJson.of(asked)); // its version in full
        List<Leg> legs = planner.legs(plan);
        synchronized (this) {
            requireRoom(plan);
            long id = last + 1;
            Run run = new Run(id, key(id), plan, around.clock().instant(), legs, around);
            run.sentence = "wave 1 of " + run.waves() + " begins";
            try {
                around.documents().put(KIND, Long.toString(id), Written.of(run));
            } catch (HistoryException e) {
                throw new RefusedException("the rollout cannot be written down: " + e.getMessage(), e);
            }
            last = id;
            running.put(id, run);
            run.say(
                    "brings " + plan.algorithm() + " " + plan.version() + " to " + legs.size() + " slots in "
                            + run.waves() + " waves",
                    who);
            Rollout rollout = tell(run);
            forget();
            notifyAll();
            return rollout;
        }
    }

    /** Containers remember ids of commands, and must not take one observer's rollout for another's. */
    private static String key(long id) {
        byte[] chance = new byte[KEY_BYTES];
        new SecureRandom().nextBytes(chance);
        return "rollout-" + id + "-" + HexFormat.of().formatHex(chance);
    }

    private void requireRoom(RolloutPlan plan) {
        for (Run run : running.values()) {
            boolean same = run.plan.application() == plan.application()
                    || run.plan.application() == 0
                    || plan.application() == 0;
            if (run.plan.algorithm().equals(plan.algorithm()) && same) {
                throw new RefusedException("rollout " + run.id + " of " + plan.algorithm() + " is "
                        + RolloutJson.word(run.state) + ": one at a time for the same algorithm and application");
            }
        }
        if (running.size() >= MAX_RUNNING) {
            throw new RefusedException("at most " + MAX_RUNNING + " rollouts are under way at a time");
        }
    }

    private void forget() {
        while (seen.size() > MAX_KEPT) {
            Optional<Long> oldest = seen.keySet().stream()
                    .filter(id -> !running.containsKey(id))
                    .findFirst();
            if (oldest.isEmpty()) {
                return;
            }
            seen.remove(oldest.get());
            try {
                around.documents().remove(KIND, Long.toString(oldest.get()));
            } catch (HistoryException e) {
                LOG.log(Level.WARNING, "rollout {0} cannot be forgotten: {1}", oldest.get(), e.getMessage());
            }
        }
    }

    @Override
    public List<Rollout> rollouts() {
        return List.copyOf(seen.descendingMap().values());
    }

    @Override
    public Optional<Rollout> rollout(long id) {
        return Optional.ofNullable(seen.get(id));
    }

    @Override
    public Rollout pause(long id, String who) {
        return turn(id, run -> {
            require(run.state == State.RUNNING, "a rollout is paused while it is running", run);
            run.state = State.PAUSED;
            run.say("paused", who);
        });
    }

    @Override
    public Rollout resume(long id, String who) {
        return turn(id, run -> {
            require(run.state == State.PAUSED, "a rollout is resumed while it is paused", run);
            run.state = State.RUNNING;
            run.say("resumed in wave " + run.wave + " of " + run.waves(), who);
        });
    }

    @Override
    public Rollout abort(long id, String who) {
        return turn(id, run -> {
            require(
                    run.state == State.RUNNING || run.state == State.PAUSED,
                    "a rollout is aborted while it is running or paused",
                    run);
            run.turnBack(State.ABORTED, "aborted" + (who.isEmpty() ? "" : " by " + who), who);
        });
    }

    private synchronized Rollout turn(long id, Consumer<Run> command) {
        Run run = running.get(id);
        if (run == null) {
            Rollout ended = seen.get(id);
            throw new RefusedException(
                    ended == null
                            ? "there is no rollout " + id
                            : "rollout " + id + " is " + RolloutJson.word(ended.state()) + " and has ended");
        }
        command.accept(run);
        if (!run.writeDown()) {
            throw new RefusedException("rollout " + id + " cannot be written down now; it acts as soon as it is");
        }
        notifyAll();
        return tell(run);
    }

    private static void require(boolean holds, String rule, Run run) {
        if (!holds) {
            throw new RefusedException(rule + ", and rollout " + run.id + " is " + RolloutJson.word(run.state));
        }
    }

    /** Nobody looks after them any more; what is written down stays for the next. Idempotent; takes two seconds at most. */
    @Override
    public void close() {
        synchronized (this) {
            closed = true;
            notifyAll();
        }
        try {
            hearing.close();
            thread.join(CLOSE_LIMIT_MS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (Exception e) {
            LOG.log(Level.WARNING, "the fleet is still listened to", e);
        }
    }
}

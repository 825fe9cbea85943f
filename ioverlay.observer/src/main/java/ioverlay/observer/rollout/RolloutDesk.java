package ioverlay.observer.rollout;

import ioverlay.api.container.RefusedException;
import ioverlay.api.observer.Rollout;
import ioverlay.api.observer.Rollout.State;
import ioverlay.api.observer.RolloutPlan;
import ioverlay.api.observer.Rollouts;
import ioverlay.observer.fleet.Fleet;
import ioverlay.observer.fleet.Member;
import ioverlay.observer.history.Documents;
import ioverlay.observer.history.HistoryException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * All rollouts: takes them in, takes up those that another observer left, and looks after those that are under way.
 *
 * <p><b>Threads:</b> any; each rollout is looked after by one at a time. Its own, {@code overlay-rollouts}, looks after them from {@link #open} to
 * {@link #close}.
 */
public final class RolloutDesk implements Rollouts, AutoCloseable {
    private static final Logger LOG = System.getLogger(RolloutDesk.class.getName());
    private static final long STEP_MS = 100;
    private static final long IDLE_MS = 10_000;
    private static final long CLOSE_LIMIT_MS = 2_000;

    /** Somewhat longer than the disk may take for one document. */
    private static final long TURN_LIMIT_S = Documents.LIMIT_S + 5;

    private final Surroundings around;
    private final Planner planner;
    private final Book book;

    /** Those that are under way, and such as begin. */
    private final ConcurrentSkipListMap<Long, Run> running = new ConcurrentSkipListMap<>();

    private final List<Consumer<Rollout>> listeners = new CopyOnWriteArrayList<>();
    private final AutoCloseable hearing;
    private final Thread thread = Thread.ofVirtual().name("overlay-rollouts").unstarted(this::run);

    /** That there is something to do now. Not kept while the disk writes: who closes must not wait for that. */
    private final Semaphore news = new Semaphore(0);

    /** Written by who closes, read by all who come later. */
    private volatile boolean closed;

    /**
     * Reads what was written down.
     *
     * @throws HistoryException if that cannot be read
     */
    public RolloutDesk(Surroundings around) {
        this.around = around;
        planner = new Planner(around.fleet(), around.bundles());
        book = new Book(around);
        book.read().stream().filter(run -> !run.state.isEnd()).forEach(run -> running.put(run.id, run));
        hearing = around.fleet().listen(new Fleet.Listener() {
            @Override
            public void changed(Member member) {
                running.values().forEach(run -> run.heard(member.id(), member.state()));
            }
        });
    }

    /** From now on they go on. */
    public void open() {
        thread.start();
    }

    private void run() {
        while (!closed) {
            try {
                step();
                if (news.tryAcquire(running.isEmpty() ? IDLE_MS : STEP_MS, TimeUnit.MILLISECONDS)) {
                    news.drainPermits();
                }
            } catch (InterruptedException e) {
                return; // by close
            }
        }
    }

    /** Looks after all of them once. One that somebody else has in hand is left for the next time. */
    void step() {
        for (Run run : running.values()) {
            if (!closed && run.turn.tryLock()) {
                try {
                    step(run);
                } finally {
                    run.turn.unlock();
                }
            }
        }
        if (!closed && book.forgetOne(running::containsKey)) {
            news.release(); // one at each step
        }
    }

    private void step(Run run) {
        try {
            if (run.step()) {
                tell(run);
            }
        } catch (RuntimeException e) {
            // What containers answer is foreign; a rollout that stumbles over it is tried again at the next step.
            LOG.log(Level.WARNING, "rollout " + run.id + " stumbled", e);
        }
    }

    private Rollout tell(Run run) {
        Rollout rollout = run.rollout();
        book.show(rollout);
        if (run.state.isEnd() && run.isWritten()) {
            running.remove(run.id); // before it is told: who hears that it is over may begin the next
        }
        for (Consumer<Rollout> listener : listeners) {
            try {
                listener.accept(rollout);
            } catch (RuntimeException e) {
                // Who only looks on does not stop a rollout.
                LOG.log(Level.WARNING, "a change of rollout " + run.id + " was not told", e);
            }
        }
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
        Run run = enter(plan, legs);
        try {
            return begin(run, who);
        } finally {
            run.turn.unlock();
            news.release();
        }
    }

    /** It has its number and keeps others out, and nobody else looks after it before it is written down. */
    private synchronized Run enter(RolloutPlan plan, List<Leg> legs) {
        requireRoom(plan);
        long id = book.next();
        Run run = new Run(id, Orders.newKey(id), plan, around.clock().instant(), legs, around);
        run.sentence = "wave 1 of " + run.waves() + " begins";
        run.turn.lock();
        running.put(id, run);
        legs.stream()
                .filter(leg -> around.fleet().member(leg.node.toString()).isEmpty())
                .forEach(leg -> leg.heard(Member.State.GONE)); // since it was chosen, before anybody listened
        return run;
    }

    private Rollout begin(Run run, String who) {
        try {
            around.documents().put(Book.KIND, Long.toString(run.id), Written.of(run));
        } catch (HistoryException | IllegalArgumentException e) {
            running.remove(run.id);
            throw new RefusedException("the rollout cannot be written down: " + e.getMessage(), e);
        }
        run.say(
                "brings " + run.plan.algorithm() + " " + run.plan.version() + " to "
                        + Words.count(run.legs.size(), "slot") + " in " + Words.count(run.waves(), "wave"),
                who);
        return tell(run);
    }

    private void requireRoom(RolloutPlan plan) {
        if (closed) {
            throw new RefusedException("the observer closes");
        }
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

    @Override
    public List<Rollout> rollouts() {
        return book.all();
    }

    @Override
    public Optional<Rollout> rollout(long id) {
        return book.find(id);
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

    private Rollout turn(long id, Consumer<Run> command) {
        Run run = running.get(id);
        if (run == null) {
            throw book.over(id);
        }
        take(run);
        try {
            if (!running.containsKey(id)) {
                throw book.over(id); // meanwhile
            }
            command.accept(run);
            if (!run.writeDown()) {
                throw new RefusedException("rollout " + id + " cannot be written down now; it acts as soon as it is");
            }
            return tell(run);
        } finally {
            run.turn.unlock();
            news.release();
        }
    }

    private void take(Run run) {
        try {
            if (closed || !run.turn.tryLock(TURN_LIMIT_S, TimeUnit.SECONDS)) {
                throw new RefusedException(
                        closed
                                ? "the observer closes"
                                : "rollout " + run.id + " waits for the disk for " + TURN_LIMIT_S + " s; ask again");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new RefusedException("interrupted while waiting for rollout " + run.id, e);
        }
    }

    private static void require(boolean holds, String rule, Run run) {
        if (!holds) {
            throw new RefusedException(rule + ", and rollout " + run.id + " is " + RolloutJson.word(run.state));
        }
    }

    /**
     * Nobody looks after them any more; what is written down stays for the next. Idempotent; takes two seconds at most, also
     * while the disk does not write.
     */
    @Override
    public void close() {
        closed = true;
        thread.interrupt();
        try {
            hearing.close();
            if (thread.getState() != Thread.State.NEW && !thread.join(Duration.ofMillis(CLOSE_LIMIT_MS))) {
                LOG.log(Level.WARNING, "what is written of a rollout is not on the disk after {0} ms", CLOSE_LIMIT_MS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (Exception e) {
            LOG.log(Level.WARNING, "the fleet is still listened to", e);
        }
    }
}

package ioverlay.io.threads;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/**
 * Who runs a node, as one atomic word instead of a lock. Whoever brings work rings: if the node is idle the bell ringer
 * becomes its thread and runs it, otherwise the one that runs it is told to look again. Nobody ever waits for the turn.
 *
 * <p>A receiver that visits runs the node itself, at most {@value #RUNS_OF_A_GUEST} times in a row; then, and when any
 * other thread rings, the node's own runner (a virtual thread that is parked while there is nothing to do) goes on. No
 * other thread is a guest, since whoever runs the node may be left behind in a call that does not end: a receiver says
 * how its own work goes on without it, the runner is replaced.
 *
 * <p><b>Threads:</b> {@link #ring} from any, also from within the turn; {@link #leaveBehind} the watchdog.
 */
public final class Turn {
    private static final int IDLE = 0;
    private static final int RUNNING = 1;
    private static final int RUNG = 2;
    private static final int CLOSED = 3;

    private static final int RUNS_OF_A_GUEST = 4;

    private final AtomicInteger word = new AtomicInteger(IDLE);
    private final BooleanSupplier run;
    private final String name;

    /** Volatile: another takes its place when it is left behind. */
    private volatile Thread runner;

    /** How the work of the guest goes on without it. Volatile: written by the guest, used by the watchdog. */
    private volatile Runnable goOn = () -> {};

    /** Volatile: set by whoever passes the turn on, cleared by the runner. */
    private volatile boolean handed;

    /** Volatile: read by any thread to tell whether it is inside the turn. */
    private volatile Thread owner;

    /**
     * Prepares the runner.
     *
     * @param name of the runner
     * @param run one bounded run of the node; true if there is more to do
     */
    public Turn(String name, BooleanSupplier run) {
        this.run = run;
        this.name = name;
        this.runner = newRunner();
        this.owner = runner;
    }

    private Thread newRunner() {
        return Thread.ofVirtual().name(name).unstarted(this::runner);
    }

    /** Starts the runner, once. */
    public void start() {
        runner.start();
    }

    /** There is work: it will be seen by a run that begins after this call. */
    public void ring() {
        if (isTaken()) {
            hand();
        }
    }

    /**
     * The same from a receiver, which runs the node itself if it is idle.
     *
     * @param after how the caller's work goes on, on another thread, if this one is left behind
     * @throws TurnLost if it was left behind: from now on all of the caller's work is another's
     */
    public void visit(Runnable after) {
        if (isTaken()) {
            if (mayRun(Thread.currentThread())) {
                goOn = after;
                take(RUNS_OF_A_GUEST);
            } else {
                hand();
            }
        }
    }

    /** Whether the caller took an idle turn; else who has it looks again. */
    private boolean isTaken() {
        while (true) {
            int now = word.get();
            if (now == IDLE && word.compareAndSet(IDLE, RUNNING)) {
                return true;
            }
            if (now == RUNG || now == CLOSED || (now == RUNNING && word.compareAndSet(RUNNING, RUNG))) {
                return false;
            }
        }
    }

    /** A channel closes when an interrupted thread uses it, so such a thread is no guest. */
    private static boolean mayRun(Thread guest) {
        return guest.isVirtual() && !guest.isInterrupted();
    }

    /** After a call of foreign code within a run: an interrupt that it left behind must not close a channel. */
    public static void forgetInterrupt() {
        Thread.interrupted();
    }

    /** Whether the caller is the thread that runs the node now. */
    public boolean isMine() {
        return owner == Thread.currentThread() && word.get() != IDLE;
    }

    /** Who runs the node, while it runs. */
    public Thread owner() {
        return owner;
    }

    /**
     * The thread that runs the node does not come back, which the caller has made sure: another goes on.
     *
     * @param fresh done before the other one begins, when the first is inside no more
     */
    public void leaveBehind(Runnable fresh) {
        boolean guest = owner != runner;
        Thread next = guest ? runner : newRunner();
        owner = next;
        fresh.run();
        if (guest) {
            hand();
            goOn.run();
        } else {
            runner = next;
            handed = true;
            next.start();
        }
    }

    private void take(int runs) {
        for (int left = runs; left > 0; left--) {
            owner = Thread.currentThread();
            word.compareAndSet(RUNG, RUNNING);
            boolean more = run.getAsBoolean();
            owner = runner; // before another may begin: else this thread would take that one's run for its own
            if (word.get() == CLOSED || (!more && word.compareAndSet(RUNNING, IDLE))) {
                return;
            }
        }
        hand();
    }

    private void hand() {
        owner = runner;
        handed = true;
        LockSupport.unpark(runner);
    }

    @SuppressWarnings("ThreadPriorityCheck") // virtual threads are not sliced: yielding is how others get the carrier
    private void runner() {
        try {
            while (word.get() != CLOSED) {
                if (handed) {
                    handed = false;
                    take(1);
                    Thread.yield();
                } else {
                    LockSupport.park(this);
                }
            }
        } catch (TurnLost e) {
            return; // another runner goes on
        }
    }

    /** From within the turn, in its last run: no run follows, and the runner ends. */
    public void close() {
        word.set(CLOSED);
        LockSupport.unpark(runner);
    }

    /** Whether no run will follow. */
    public boolean isClosed() {
        return word.get() == CLOSED;
    }

    /** Waits for the runner to end. */
    public boolean awaitEnd(long timeoutMs) throws InterruptedException {
        return runner.join(Duration.ofMillis(timeoutMs));
    }
}

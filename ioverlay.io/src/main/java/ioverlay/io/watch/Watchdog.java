package ioverlay.io.watch;

import com.google.gson.JsonObject;
import ioverlay.io.threads.Carriers;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;

/**
 * Looks after calls that do not end: reports one, interrupts it, cancels it, and in the end leaves its thread behind and
 * lets another go on with the node. The time of a call is what the watchdog itself has seen of it,
 * look by look, so a pause of the JVM or a machine that is late is not the call's.
 *
 * <p><b>Threads:</b> one platform thread of its own.
 */
public final class Watchdog implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(Watchdog.class.getName());
    private static final long TICK_NS = TimeUnit.MILLISECONDS.toNanos(20);
    private static final long IDLE_TICK_NS = TimeUnit.MILLISECONDS.toNanos(100);
    private static final int FRAMES = 24;

    private final long reportMs;
    private final long interruptMs;
    private final long cancelMs;
    private final long condemnMs;
    private final Iterable<? extends Watched> nodes;
    private final Carriers carriers = new Carriers();
    private final Thread thread;

    /** Of threads that were left behind when no carrier was left to be lent; the watchdog's. */
    private final List<Alarm> unlent = new ArrayList<>();

    /** Volatile: set by whoever closes. */
    private volatile boolean closed;

    /**
     * Starts its thread. A call may take so long, in ascending order, until something is done about it:
     *
     * @param reportMs an event tells of it, with its stack
     * @param interruptMs its thread is interrupted
     * @param cancelMs it is cancelled, see {@link ioverlay.api.woven.Cancellation}
     * @param condemnMs its thread is left behind, and another goes on with the node
     */
    public Watchdog(long reportMs, long interruptMs, long cancelMs, long condemnMs, Iterable<? extends Watched> nodes) {
        this.reportMs = reportMs;
        this.interruptMs = interruptMs;
        this.cancelMs = cancelMs;
        this.condemnMs = condemnMs;
        this.nodes = nodes;
        this.thread = Thread.ofPlatform().name("overlay-watchdog").daemon().start(this::watch);
    }

    private void watch() {
        long last = System.nanoTime();
        long tickNs = IDLE_TICK_NS;
        while (!closed) {
            LockSupport.parkNanos(tickNs);
            long now = System.nanoTime();
            long passedNs = Math.min(now - last, tickNs + tickNs / 2);
            last = now;
            boolean busy = false;
            unlent.removeIf(Alarm::lend);
            for (Watched node : nodes) {
                try {
                    busy |= look(node, node.stint(), passedNs);
                } catch (RuntimeException | LinkageError e) {
                    LOG.log(System.Logger.Level.ERROR, "the watchdog stumbled at " + node.name(), e);
                }
            }
            tickNs = busy ? TICK_NS : IDLE_TICK_NS;
        }
    }

    /** Whether the node is in a call. */
    private boolean look(Watched node, Stint<?, ?> stint, long passedNs) {
        long number = stint.number();
        Alarm alarm = stint.alarm();
        if (alarm != null && alarm.number != number) {
            alarm.leave(); // it came out of the call before it could see the alarm
        }
        if ((number & 1) == 0) {
            return false;
        }
        if (stint.seen != number) {
            stint.seen = number;
            stint.stuckNs = 0;
            stint.toldNs = 0;
            return true;
        }
        stint.stuckNs += passedNs;
        long stuckMs = TimeUnit.NANOSECONDS.toMillis(stint.stuckNs);
        if (alarm == null || alarm.number != number) {
            if (stuckMs >= reportMs) {
                report(node, stint, number);
            }
        } else {
            alarm.lend(); // there was none left, and one may have been given back meanwhile
            carriers.prod();
            reassure(node, stint, alarm);
            escalate(node, stint, alarm, stuckMs);
        }
        return true;
    }

    /** Neighbours must not take a node for dead that is in a call: as often as it would say QUIET it says something. */
    private static void reassure(Watched node, Stint<?, ?> stint, Alarm alarm) {
        if (stint.stuckNs - stint.toldNs >= node.links().limitNs() / 4) {
            stint.toldNs = stint.stuckNs;
            alarm.meanwhile(stint, () -> node.links().reassure(alarm.thread));
        }
    }

    private void report(Watched node, Stint<?, ?> stint, long number) {
        Alarm alarm = new Alarm(number, node.turn().owner(), carriers);
        boolean lent = alarm.lend();
        stint.raise(alarm);
        StackTraceElement[] stack = alarm.thread.getStackTrace(); // also a handshake: the thread has seen the alarm
        if (!alarm.take(Alarm.Step.REPORTED, stint, "")) {
            alarm.leave();
            return;
        }
        tell(node, stint, "turn.slow", " takes long", stack);
        if (!lent) {
            node.happened(
                    "container.sick",
                    "more than " + Carriers.MOST
                            + " calls hold a carrier of the virtual threads: nodes may stand still",
                    new JsonObject());
        }
    }

    private void escalate(Watched node, Stint<?, ?> stint, Alarm alarm, long stuckMs) {
        Alarm.Step done = alarm.step();
        if (done == Alarm.Step.REPORTED && stuckMs >= interruptMs) {
            step(stint, alarm, Alarm.Step.INTERRUPTED);
        } else if (done == Alarm.Step.INTERRUPTED && stuckMs >= cancelMs) {
            step(stint, alarm, Alarm.Step.CANCELLED);
        } else if (done == Alarm.Step.CANCELLED && stuckMs >= condemnMs) {
            condemn(node, stint, alarm);
        }
    }

    private void condemn(Watched node, Stint<?, ?> stint, Alarm alarm) {
        StackTraceElement[] stack = alarm.thread.getStackTrace();
        if (step(stint, alarm, Alarm.Step.CONDEMNED)) {
            unlent.add(alarm);
            tell(node, stint, "turn.condemned", " did not end, its thread is left behind", stack);
            node.leaveBehind(alarm.thread, what(stint) + " did not end" + where(stack));
        }
    }

    private boolean step(Stint<?, ?> stint, Alarm alarm, Alarm.Step next) {
        String cause = what(stint) + " did not end within " + interruptMs + " ms" + where(alarm.thread.getStackTrace());
        return alarm.take(next, stint, cause);
    }

    private static String what(Stint<?, ?> stint) {
        Callee who = stint.who();
        return "a call of " + (who == null ? "nobody" : who.name());
    }

    /** The innermost frame that is not the JDK's. */
    private static String where(StackTraceElement[] stack) {
        return Arrays.stream(stack)
                .filter(frame -> !frame.getClassName().startsWith("java.")
                        && !frame.getClassName().startsWith("jdk."))
                .findFirst()
                .map(frame -> ", at " + frame)
                .orElse("");
    }

    private static void tell(Watched node, Stint<?, ?> stint, String kind, String what, StackTraceElement[] stack) {
        Callee who = stint.who();
        JsonObject detail = who == null ? new JsonObject() : who.detail();
        detail.addProperty(
                "stack",
                Arrays.stream(stack)
                        .limit(FRAMES)
                        .map(StackTraceElement::toString)
                        .collect(Collectors.joining("\n")));
        node.happened(kind, what(stint) + what + where(stack), detail);
    }

    /** Ends the thread; what is stuck stays so. */
    @Override
    public void close() {
        closed = true;
        LockSupport.unpark(thread);
    }
}

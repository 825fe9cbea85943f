package ioverlay.io.watch;

import ioverlay.io.message.Call;
import ioverlay.io.threads.TurnLost;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import org.jspecify.annotations.Nullable;

/**
 * What a thread that runs the node has in its hands while it is in foreign code. If it is left behind there, it keeps
 * this, and the node goes on with a new one: whatever it then does changes nothing.
 *
 * <p>The number of calls is odd within one. It is written without a fence and without a look at the clock; the watchdog
 * samples it. A call that takes long gets an {@link Alarm}, which is raised long before anything is done about it, so
 * that a thread that comes out of the call sees it for certain ({@code docs/decisions/0020}).
 *
 * <p><b>Threads:</b> the turn; the watchdog looks at the number, the alarm, and whose call it is.
 *
 * @param <S> the place in the node that is served
 * @param <W> who serves it
 */
public final class Stint<S, W extends Callee> {
    private static final VarHandle NUMBER;
    private static final VarHandle ALARM;

    static {
        try {
            MethodHandles.Lookup lookup = MethodHandles.lookup();
            NUMBER = lookup.findVarHandle(Stint.class, "number", long.class);
            ALARM = lookup.findVarHandle(Stint.class, "alarm", Alarm.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    /** Where sends are staged while an algorithm is called. */
    public final Call call = new Call();

    private long number;
    private @Nullable Alarm alarm;

    /** Whose call it is; also read by the watchdog, after the number. */
    private @Nullable S slot;

    private @Nullable W who;

    /** The watchdog's: which call it saw, and for how long. */
    long seen;

    long stuckNs;

    /** Of these, when the neighbours were last told that somebody is here. */
    long toldNs;

    /** Foreign code begins. */
    @SuppressWarnings("ReferenceEquality") // two instances of one version are two
    public void enter(S of, W callee) {
        if (who != callee) {
            slot = of;
            who = callee;
        }
        NUMBER.setRelease(this, number + 1);
    }

    /**
     * Foreign code has come back.
     *
     * @return why the call counts as a stall whatever came of it; else the empty text
     * @throws TurnLost if the thread was left behind meanwhile
     */
    public String leave() {
        long mine = number;
        NUMBER.setRelease(this, mine + 1);
        Alarm raised = alarm();
        return raised == null ? "" : left(raised, mine);
    }

    private String left(Alarm raised, long mine) {
        ALARM.setRelease(this, null);
        String verdict = raised.leave();
        return raised.number == mine ? verdict : "";
    }

    /** In which call it is, or was last. */
    public @Nullable S slot() {
        return slot;
    }

    /** In whose call it is, or was last. */
    public @Nullable W who() {
        return who;
    }

    long number() {
        return (long) NUMBER.getAcquire(this);
    }

    @Nullable Alarm alarm() {
        return (Alarm) ALARM.getAcquire(this);
    }

    void raise(Alarm next) {
        ALARM.setVolatile(this, next);
    }
}

package ioverlay.io.watch;

import ioverlay.api.woven.Cancellation;
import ioverlay.io.threads.Carriers;
import ioverlay.io.threads.TurnLost;
import org.jspecify.annotations.Nullable;

/**
 * One call that takes long, between the watchdog, which does something about it step by step, and the thread, which may
 * come out of it at any moment: whoever is first decides, under the lock.
 *
 * <p><b>Threads:</b> the watchdog; {@link #leave} the thread of the call.
 */
final class Alarm {
    /** What was done about it so far. */
    enum Step {
        REPORTED,
        INTERRUPTED,
        CANCELLED,
        CONDEMNED
    }

    final long number;
    final Thread thread;
    private final Carriers carriers;
    private boolean lent;
    private Step step = Step.REPORTED;
    private boolean left;
    private String cause = "";
    private @Nullable Cancellation cancellation;

    Alarm(long number, Thread thread, Carriers carriers) {
        this.number = number;
        this.thread = thread;
        this.carriers = carriers;
    }

    /** Another carrier for the one that its thread holds, unless it has one or does not need it; false if none is left. */
    synchronized boolean lend() {
        if (!left && !lent) {
            lent = carriers.lend();
        }
        return left || lent;
    }

    Step step() {
        return step;
    }

    /** Takes the next step; false if the thread has left the call. */
    synchronized boolean take(Step next, Stint<?, ?> stint, String why) {
        if (left || stint.number() != number) {
            return false;
        }
        step = next;
        cause = why;
        Callee who = stint.who();
        switch (next) {
            case REPORTED -> {}
            case INTERRUPTED -> thread.interrupt();
            case CANCELLED -> {
                ClassLoader code =
                        who == null ? null : who.instance().getClass().getClassLoader();
                cancellation = code == null ? null : Cancellation.begin(thread, code);
            }
            case CONDEMNED -> close();
        }
        return true;
    }

    /**
     * Does what only the turn may, while its thread is in the call: should it come out, it waits for the end.
     *
     * @param work short, and never waiting
     */
    synchronized void meanwhile(Stint<?, ?> stint, Runnable work) {
        if (!left && stint.number() == number && step != Step.CONDEMNED) {
            work.run();
        }
    }

    private void close() {
        Cancellation begun = cancellation;
        if (begun != null) {
            begun.close();
            cancellation = null;
        }
    }

    /** The thread has left the call: why that counts as a stall, or the empty text. */
    synchronized String leave() {
        if (!left) {
            left = true;
            close();
            if (lent) {
                carriers.giveBack();
            }
        }
        if (step == Step.CONDEMNED) {
            throw new TurnLost();
        }
        return cause;
    }
}

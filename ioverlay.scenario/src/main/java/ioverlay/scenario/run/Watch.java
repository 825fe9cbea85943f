package ioverlay.scenario.run;

import ioverlay.scenario.run.Notebook.Failure;
import java.util.Optional;

/**
 * Ends a run from another thread, by an interrupt that never outlives the run. The run's own threads begin here: whatever
 * one of them ends with is why the run ended, since a report that lacks what it was to do would look like any other.
 *
 * <p><b>Threads:</b> any.
 */
final class Watch {
    private static final System.Logger LOG = System.getLogger(Watch.class.getName());

    private final Thread running;
    private Optional<Failure> why = Optional.empty();
    private boolean isOver;

    Watch(Thread running) {
        this.running = running;
    }

    /**
     * Starts a thread of the run.
     *
     * @param duty what it is there for, as a sentence that is true as long as it goes well
     */
    Thread start(String name, String duty, Runnable work) {
        return Thread.ofVirtual()
                .name(name)
                .uncaughtExceptionHandler((thread, e) -> broke(duty, e))
                .start(work);
    }

    /** Ends the run, once: something in it broke that nobody expected. */
    void broke(String duty, Throwable e) {
        LOG.log(System.Logger.Level.WARNING, "a scenario ends early, something broke while " + duty, e);
        end(duty, "broke: " + e);
    }

    /**
     * Ends the run, once.
     *
     * @param expected what should have been
     * @param sentence what was
     */
    synchronized void end(String expected, String sentence) {
        if (!isOver && why.isEmpty()) {
            why = Optional.of(new Failure(expected, sentence));
            running.interrupt();
        }
    }

    /** The run was interrupted: if not from here, then by somebody who wants its end, and nothing else is why it ended. */
    synchronized void interrupted() {
        isOver |= why.isEmpty();
    }

    synchronized boolean hasEnded() {
        return why.isPresent();
    }

    /** From now on nobody is interrupted; why the run was ended, if it was. */
    synchronized Optional<Failure> over() {
        isOver = true;
        if (why.isPresent()) {
            Thread.interrupted(); // it was meant for what is over
        }
        return why;
    }
}

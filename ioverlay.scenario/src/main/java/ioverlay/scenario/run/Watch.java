package ioverlay.scenario.run;

import java.util.Optional;

/** Ends a run from another thread, by an interrupt that never outlives the run. <b>Threads:</b> any. */
final class Watch {
    private final Thread running;
    private Optional<String> why = Optional.empty();
    private boolean isOver;

    Watch(Thread running) {
        this.running = running;
    }

    /** Ends the run, once. */
    synchronized void end(String sentence) {
        if (!isOver && why.isEmpty()) {
            why = Optional.of(sentence);
            running.interrupt();
        }
    }

    synchronized boolean hasEnded() {
        return why.isPresent();
    }

    /** From now on nobody is interrupted; why the run was ended, if it was. */
    synchronized Optional<String> over() {
        isOver = true;
        if (why.isPresent()) {
            Thread.interrupted(); // it was meant for what is over
        }
        return why;
    }
}

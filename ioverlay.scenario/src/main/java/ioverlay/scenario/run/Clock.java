package ioverlay.scenario.run;

import java.util.concurrent.TimeUnit;

/** The one clock of a run: seconds since it started. <b>Threads:</b> any. */
final class Clock {
    private final long startedAt = System.nanoTime();

    double seconds() {
        return (System.nanoTime() - startedAt) / 1e9;
    }

    /** Waits until so many seconds have passed; returns at once if they have. */
    void until(double seconds) throws InterruptedException {
        long left = (long) ((seconds - seconds()) * 1e9);
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
        if (left > 0) {
            TimeUnit.NANOSECONDS.sleep(left);
        }
    }
}

package ioverlay.cli;

import java.time.Duration;

/** The time, and a way to let some of it pass. */
interface Ticker {
    /** Nanoseconds from some fixed moment. */
    long now();

    /** Lets at least this much time pass. */
    void pause(Duration time) throws InterruptedException;

    /** The JVM's own. */
    static Ticker system() {
        return new Ticker() {
            @Override
            public long now() {
                return System.nanoTime();
            }

            @Override
            public void pause(Duration time) throws InterruptedException {
                Thread.sleep(time);
            }
        };
    }
}

package ioverlay.itest.algorithms;

import ioverlay.api.BasicAlgorithm;
import ioverlay.api.Place;
import java.util.Timer;
import java.util.TimerTask;
import java.util.concurrent.locks.LockSupport;

/** Starts threads and a timer and forgets them; an interrupt ends the threads. */
public final class Leaking extends BasicAlgorithm {
    private static final long HOUR_MS = 3_600_000;

    @Override
    public void begin(Place place) {
        super.begin(place);
        Thread.ofPlatform().daemon().name("leaked").start(Leaking::idle);
        Thread.ofVirtual().name("leaked too").start(Leaking::idle);
        new Timer("leaked timer", true).schedule(new Tick(), HOUR_MS, HOUR_MS);
    }

    private static final class Tick extends TimerTask {
        @Override
        public void run() {}
    }

    private static void idle() {
        while (!Thread.currentThread().isInterrupted()) {
            LockSupport.park();
        }
    }
}

package ioverlay.itest.algorithms;

import ioverlay.api.BasicAlgorithm;
import ioverlay.api.Place;
import java.util.concurrent.locks.LockSupport;

/** Starts a thread and forgets it; an interrupt ends it. */
public final class Leaking extends BasicAlgorithm {
    @Override
    public void begin(Place place) {
        super.begin(place);
        Thread.ofPlatform().daemon().name("leaked").start(Leaking::idle);
        Thread.ofVirtual().name("leaked too").start(Leaking::idle);
    }

    private static void idle() {
        while (!Thread.currentThread().isInterrupted()) {
            LockSupport.park();
        }
    }
}

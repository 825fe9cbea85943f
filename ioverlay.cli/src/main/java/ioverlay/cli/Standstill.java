package ioverlay.cli;

import java.util.concurrent.CountDownLatch;

/** Does nothing until the framework stops, which deactivates the command line, which interrupts its thread. */
final class Standstill {
    private Standstill() {}

    static Shell.End untilInterrupted() {
        try {
            new CountDownLatch(1).await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return Shell.End.CONTAINER_STOPS;
    }
}

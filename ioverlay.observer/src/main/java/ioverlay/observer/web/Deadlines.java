package ioverlay.observer.web;

import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Ends a wait of a request's thread for a client that does not read or send. The thread waits in the server's stream and
 * knows no limit itself; it is interrupted.
 *
 * <p><b>Threads:</b> any; has one of its own, {@code overlay-web-deadlines}.
 */
final class Deadlines implements AutoCloseable {
    private final ScheduledThreadPoolExecutor clock = new ScheduledThreadPoolExecutor(
            1, Thread.ofPlatform().daemon().name("overlay-web-deadlines").factory());

    Deadlines() {
        clock.setRemoveOnCancelPolicy(true);
        clock.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
    }

    /** Interrupts the calling thread after so many milliseconds, unless what is answered was closed before. */
    Deadline in(long millis) {
        return new Deadline(Thread.currentThread(), millis);
    }

    @Override
    public void close() {
        clock.shutdownNow();
    }

    /** One wait of one thread. */
    final class Deadline implements AutoCloseable {
        private final Thread thread;
        private final ScheduledFuture<?> alarm;
        private boolean over;
        private boolean rung;

        private Deadline(Thread thread, long millis) {
            this.thread = thread;
            this.alarm = clock.schedule(this::ring, Math.max(0, millis), TimeUnit.MILLISECONDS);
        }

        private synchronized void ring() {
            if (!over) {
                rung = true;
                thread.interrupt();
            }
        }

        /** Whether it is why the thread was interrupted. */
        synchronized boolean passed() {
            return rung;
        }

        /** The wait is over; an interrupt that came of it is cleared. */
        @Override
        public void close() {
            alarm.cancel(false);
            synchronized (this) {
                over = true;
                if (rung) {
                    Thread.interrupted();
                }
            }
        }
    }
}

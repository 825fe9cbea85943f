package ioverlay.observer.web;

import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/**
 * Ends a wait of a request's thread for a client that does not read or send. The thread waits in the server's stream and
 * knows no limit itself; it is interrupted, or the server makes what it does fail.
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
        return in(millis, () -> false);
    }

    /** Does something else after so many milliseconds, which does not block; interrupts only if it answers that it found no wait. */
    Deadline in(long millis, BooleanSupplier end) {
        return new Deadline(Thread.currentThread(), end, millis);
    }

    @Override
    public void close() {
        clock.shutdownNow();
    }

    /** One wait of one thread. */
    final class Deadline implements AutoCloseable {
        private final Thread thread;
        private final BooleanSupplier end;
        private final ScheduledFuture<?> alarm;
        private boolean over;
        private boolean rung;

        private Deadline(Thread thread, BooleanSupplier end, long millis) {
            this.thread = thread;
            this.end = end;
            this.alarm = clock.schedule(this::ring, Math.max(0, millis), TimeUnit.MILLISECONDS);
        }

        private synchronized void ring() {
            if (!over) {
                rung = true;
                if (!end.getAsBoolean()) {
                    thread.interrupt();
                }
            }
        }

        /** Whether it is why the wait ended. */
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

package ioverlay.cli;

import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Lets a command be ended from another thread, by an interrupt that never outlives it: whoever called it goes on
 * undisturbed.
 */
final class CommandThread {
    private final CountDownLatch ended = new CountDownLatch(1);

    /** The thread that runs the command, as long as it does. Guarded by this. */
    private @Nullable Thread running;

    /** Runs the command on the caller's thread; once. */
    int run(Callable<Integer> command) throws Exception {
        synchronized (this) {
            running = Thread.currentThread();
        }
        try {
            return command.call();
        } finally {
            synchronized (this) {
                running = null;
                Thread.interrupted(); // it was meant for the command
            }
            ended.countDown();
        }
    }

    /**
     * Interrupts the command if it runs, and waits for its end.
     *
     * @return whether none runs any more
     */
    boolean end(long timeoutMs) throws InterruptedException {
        synchronized (this) {
            if (running == null) {
                return true;
            }
            running.interrupt();
        }
        return ended.await(timeoutMs, TimeUnit.MILLISECONDS);
    }
}

package ioverlay.cli;

import java.io.PrintStream;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleEvent;
import org.osgi.framework.BundleException;
import org.osgi.framework.SynchronousBundleListener;
import org.osgi.framework.launch.Framework;

/**
 * Ends the command before anything else ends: a run whose nodes go first would tell that they are gone, and not that it was
 * stopped.
 *
 * <p><b>Threads:</b> the command has one, whoever ends it another.
 */
final class Ending implements SynchronousBundleListener {
    private static final int STOP_TIMEOUT_MS = 4000;
    private static final long TIDY_TIMEOUT_MS = 2000;

    private final Framework framework;
    private final PrintStream err;
    private final CommandThread thread = new CommandThread();
    private final AtomicBoolean told = new AtomicBoolean();

    Ending(Framework framework, PrintStream err) {
        this.framework = framework;
        this.err = err;
    }

    /** Runs the command on the caller's thread; once. */
    int run(Callable<Integer> command) throws Exception {
        return thread.run(command);
    }

    /** Whether the command is to end, or the framework does. */
    boolean hasBegun() {
        return told.get() || framework.getState() != Bundle.ACTIVE;
    }

    /**
     * The framework is stopped by somebody else. It tells listeners in no order that holds, so nodes may have heard it
     * already; but an observer is still closed before its web server, since bundles are stopped after this.
     */
    @Override
    public void bundleChanged(BundleEvent event) {
        if (event.getType() == BundleEvent.STOPPING && event.getBundle().getBundleId() == 0) {
            first();
        }
    }

    /** The process ends: first the command, then the framework. The launcher does not do it on SIGTERM and Ctrl-C. */
    void stopFramework() {
        long begun = System.nanoTime();
        try {
            first();
            framework.stop();
            long spent = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begun);
            framework.waitForStop(Math.max(1, STOP_TIMEOUT_MS - spent)); // 0 would be for ever
        } catch (BundleException e) {
            err.println("The framework does not stop: " + e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Who comes second finds it told, and does not wait as long once more. */
    private void first() {
        if (!told.getAndSet(true)) {
            end();
        }
    }

    /** Ends what is still under way, and gives it time to tidy up. */
    void end() {
        try {
            if (!thread.end(TIDY_TIMEOUT_MS)) {
                System.getLogger(Ending.class.getName())
                        .log(
                                System.Logger.Level.WARNING,
                                "the command has not ended within " + TIDY_TIMEOUT_MS + " ms");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}

package ioverlay.io.shared;

import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * One platform thread that rings when something is due: timers, deadlines of openings, later pacing and latency. Idle,
 * it costs nothing.
 *
 * <p><b>Threads:</b> any may schedule. What is scheduled runs on the clock's thread and must return at once.
 */
public final class Clock implements AutoCloseable {
    private final ScheduledThreadPoolExecutor thread;

    @SuppressWarnings("FutureReturnValueIgnored") // its beats end by themselves, and with the thread
    private final Pulse pulse = new Pulse((beat, ns) -> after(ns, beat), System::nanoTime);

    /** Starts the thread with the first task. */
    public Clock() {
        thread = new ScheduledThreadPoolExecutor(
                1, Thread.ofPlatform().name("overlay-clock").daemon().factory());
        thread.setRemoveOnCancelPolicy(true);
        thread.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
    }

    /** Runs the task once, after the delay; the answer can cancel it. */
    public Future<?> after(long delayNs, Runnable task) {
        return thread.schedule(task, delayNs, TimeUnit.NANOSECONDS);
    }

    /**
     * How long this process has stood still so far, in nanoseconds, as far as somebody wanted to know: what was paused, or
     * got no processor, for more than some 20 ms between two questions that are less than a second apart. Never less than
     * before.
     */
    public long stoodStillNs() {
        return pulse.stoodNs();
    }

    /** Drops what is scheduled and ends the thread. */
    @Override
    public void close() {
        thread.shutdownNow();
    }
}

package ioverlay.io.threads;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Waits with an end: for a condition, or for time to pass while something is measured. */
public final class Await {
    private static final long LOOK_NS = 1_000_000;

    private Await() {}

    /**
     * Waits until the condition holds.
     *
     * @param what is awaited, as a sentence for the failure
     * @throws AssertionError if it does not within 15 s
     */
    public static void until(String what, BooleanSupplier condition) {
        within(Duration.ofSeconds(15), what, condition);
    }

    /** Waits until the condition holds, at most this long; how long it took, in nanoseconds. */
    public static long within(Duration atMost, String what, BooleanSupplier condition) {
        long start = System.nanoTime();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() - start > atMost.toNanos()) {
                throw new AssertionError("not within " + atMost.toMillis() + " ms: " + what);
            }
            LockSupport.parkNanos(LOOK_NS);
        }
        return System.nanoTime() - start;
    }

    /** Lets time pass while something is measured; how much it really was, in nanoseconds. */
    public static long passes(Duration time) {
        long start = System.nanoTime();
        long left = time.toNanos();
        while (left > 0) {
            LockSupport.parkNanos(left);
            left = start + time.toNanos() - System.nanoTime();
        }
        return System.nanoTime() - start;
    }
}

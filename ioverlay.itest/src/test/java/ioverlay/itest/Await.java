package ioverlay.itest;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Waits for a condition, with a bound. */
public final class Await {
    private static final Duration LIMIT = Duration.ofSeconds(10);
    private static final Duration BETWEEN = Duration.ofMillis(5);

    private Await() {}

    /** Returns as soon as it holds; fails after ten seconds. */
    public static void until(String what, BooleanSupplier holds) {
        until(what, LIMIT, holds);
    }

    /** The same with another bound: of what waits for a program that starts. */
    public static void until(String what, Duration limit, BooleanSupplier holds) {
        long deadline = System.nanoTime() + limit.toNanos();
        while (!holds.getAsBoolean()) {
            if (System.nanoTime() - deadline > 0) {
                throw new AssertionError("not within " + limit.toSeconds() + " s: " + what);
            }
            LockSupport.parkNanos(BETWEEN.toNanos());
        }
    }
}

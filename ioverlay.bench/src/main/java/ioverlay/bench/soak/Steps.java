package ioverlay.bench.soak;

import java.time.Duration;

/** Hears how far a soak is. */
@FunctionalInterface
interface Steps {
    /** So much time is left. */
    void next(Duration left, Deeds deeds, int findings);
}

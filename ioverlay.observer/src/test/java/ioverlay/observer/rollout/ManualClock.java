package ioverlay.observer.rollout;

import java.time.Instant;
import java.time.InstantSource;

/** Stands still until it is told. */
final class ManualClock implements InstantSource {
    private long millis = 1_000_000;

    @Override
    public Instant instant() {
        return Instant.ofEpochMilli(millis);
    }

    void advance(long by) {
        millis += by;
    }
}

package ioverlay.app.stream;

import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;

/** The time of day: what source and receivers, in different containers, have in common. */
record Times(InstantSource clock) {
    /** Microseconds since 1970. */
    long micros() {
        return ChronoUnit.MICROS.between(Instant.EPOCH, clock.instant());
    }
}

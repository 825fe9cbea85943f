package ioverlay.observer.history;

import java.time.Instant;

/**
 * What a link carried at a moment, or over a step on average: LINKSAMPLE of {@code docs/rest.md}.
 *
 * @param time of it, or the beginning of the step
 * @param peer the neighbour
 * @param outward whether it goes to the neighbour
 * @param bytesPerSecond data and control
 * @param queuedBytes that waited
 * @param roundTripMicros the latest; −1 if none was measured
 */
public record LinkSample(
        Instant time, String peer, boolean outward, double bytesPerSecond, long queuedBytes, double roundTripMicros) {}

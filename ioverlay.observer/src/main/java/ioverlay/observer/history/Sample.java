package ioverlay.observer.history;

import java.time.Instant;

/**
 * What a node did at a moment, or over a step on average: SAMPLE of {@code docs/rest.md}.
 *
 * @param time of it, or the beginning of the step
 * @param inBytesPerSecond taken from neighbours
 * @param outBytesPerSecond written to neighbours
 * @param inMessagesPerSecond taken
 * @param outMessagesPerSecond written
 * @param queuedBytes that waited at all links
 * @param failed calls that threw, since the node was made
 */
public record Sample(
        Instant time,
        double inBytesPerSecond,
        double outBytesPerSecond,
        double inMessagesPerSecond,
        double outMessagesPerSecond,
        long queuedBytes,
        long failed) {}

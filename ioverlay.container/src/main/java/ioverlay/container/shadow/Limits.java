package ioverlay.container.shadow;

import java.time.Duration;

/**
 * What a shadow run may take.
 *
 * @param calls of the version that serves that may wait for the shadow
 * @param bytes of messages that may wait for it
 * @param heldBytes of messages that the shadow may hold
 * @param begin to obtain an instance, to begin, to check and to take over the state
 * @param call one call; longer, and the run ends
 * @param end to process what waits when the run ends, and to end; then its thread is interrupted
 * @param interrupted after the interrupt; then what it runs is cancelled
 * @param cancelled after that; then its thread is left behind
 */
public record Limits(
        int calls,
        long bytes,
        long heldBytes,
        Duration begin,
        Duration call,
        Duration end,
        Duration interrupted,
        Duration cancelled) {
    /** 1024 calls, 16 MB; 16 MB on hold; 20 s to begin, 2 s for a call, 1 s to end, then 200 ms and 800 ms. */
    public static final Limits STANDARD = new Limits(
            1024,
            16L << 20,
            16L << 20,
            Duration.ofSeconds(20),
            Duration.ofSeconds(2),
            Duration.ofSeconds(1),
            Duration.ofMillis(200),
            Duration.ofMillis(800));
}

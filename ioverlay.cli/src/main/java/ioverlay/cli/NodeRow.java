package ioverlay.cli;

import java.time.Duration;

/**
 * What the demo says of one node.
 *
 * @param name as created
 * @param address where it listens
 * @param receives false for the source
 * @param bytes of the file that it received, or sent if it is the source
 * @param seconds from the start until it had them
 * @param version that serves at the end
 * @param swaps that succeeded
 * @param longestPause of its swaps
 * @param intact whether its copy is the file; true for the source
 */
record NodeRow(
        String name,
        String address,
        boolean receives,
        long bytes,
        double seconds,
        String version,
        long swaps,
        Duration longestPause,
        boolean intact) {}

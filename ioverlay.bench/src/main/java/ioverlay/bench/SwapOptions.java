package ioverlay.bench;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * What {@code bench swap} was asked for.
 *
 * @param swaps how many
 * @param probation of each version
 * @param between how long after the end of a swap the next one is asked for
 * @param warmUp traffic before the first swap
 * @param payloadBytes of each message
 * @param json where the result goes
 */
record SwapOptions(
        int swaps, Duration probation, Duration between, Duration warmUp, int payloadBytes, Optional<Path> json) {}

package ioverlay.bench;

import java.time.Duration;

/**
 * What {@code bench swap} was asked for.
 *
 * @param swaps how many
 * @param probation of each version
 * @param between how long after the end of a swap the next one is asked for
 * @param warmUp traffic before the first swap
 * @param payloadBytes of each message
 */
record SwapOptions(int swaps, Duration probation, Duration between, Duration warmUp, int payloadBytes) {}

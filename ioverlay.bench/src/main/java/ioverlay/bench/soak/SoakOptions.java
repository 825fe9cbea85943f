package ioverlay.bench.soak;

import java.time.Duration;

/**
 * What {@code bench soak} was asked for.
 *
 * @param time of joins, leaves, kills, changes and swaps
 * @param nodes in the container at most
 * @param seed of all that is random
 */
record SoakOptions(Duration time, int nodes, long seed) {}

package ioverlay.bench.observer;

import java.time.Duration;

/**
 * What {@code bench observer} was asked for.
 *
 * @param nodes in their container
 * @param time of the measurement
 * @param poll how often each node is asked for its status
 */
record ObserverOptions(int nodes, Duration time, Duration poll) {}

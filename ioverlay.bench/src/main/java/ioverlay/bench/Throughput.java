package ioverlay.bench;

import java.time.Duration;

/**
 * What arrived in some time.
 *
 * @param messages at all sinks together
 * @param bytes headers included
 */
record Throughput(long messages, long bytes, Duration took) {
    private static final double NS_PER_SECOND = 1e9;

    double bytesPerSecond() {
        return bytes / seconds();
    }

    double messagesPerSecond() {
        return messages / seconds();
    }

    double seconds() {
        return took.toNanos() / NS_PER_SECOND;
    }
}
